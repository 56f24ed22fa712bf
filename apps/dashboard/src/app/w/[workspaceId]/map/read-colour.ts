/** A colour of design-tokens.css (`#rrggbb`) as it is around an element: red, green and blue from 0 to 1. */
export function readColour({ element, token }: { element: Element; token: string }): number[] {
  const text = getComputedStyle(element).getPropertyValue(`--${token}`).trim()
  return [1, 3, 5].map((start) => Number.parseInt(text.slice(start, start + 2), 16) / 255)
}
