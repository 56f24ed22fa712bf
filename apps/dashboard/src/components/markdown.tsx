import ReactMarkdown, { type Components } from "react-markdown"
import rehypeSanitize from "rehype-sanitize"
import remarkGfm from "remark-gfm"
import { linkStyle } from "./link-style.ts"

const components: Components = {
  h1: Heading,
  h2: Heading,
  h3: Heading,
  h4: Heading,
  h5: Heading,
  h6: Heading,
  p: ({ children }) => <p className="whitespace-pre-line">{children}</p>,
  a: ({ href, children }) => (
    <a href={href} className={linkStyle} rel="noopener noreferrer nofollow" target="_blank">
      {children}
    </a>
  ),
  // An image would tell another server who reads this.
  img: ({ alt }) => <span className="text-ink-muted">[image: {alt}]</span>,
  ul: ({ children }) => <ul className="list-disc space-y-1 pl-5">{children}</ul>,
  ol: ({ children }) => <ol className="list-decimal space-y-1 pl-5">{children}</ol>,
  blockquote: ({ children }) => (
    <blockquote className="border-line border-l-2 pl-4 text-ink-muted">{children}</blockquote>
  ),
  code: ({ children }) => (
    <code className="rounded-sm bg-sunken px-1 font-mono text-[0.92em]">{children}</code>
  ),
  pre: ({ children }) => (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      className="overflow-x-auto rounded-md border border-line bg-sunken p-3 text-sm"
    >
      {children}
    </pre>
  ),
  table: ({ children }) => (
    <section
      aria-label="Table"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      className="overflow-x-auto"
    >
      <table className="border-collapse text-sm [&_td]:border [&_td]:border-line [&_td]:px-2 [&_th]:border [&_th]:border-line [&_th]:px-2">
        {children}
      </table>
    </section>
  ),
}

/** Markdown of an agent: no HTML, no scripts, no images, links that tell nothing. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="space-y-3 break-words leading-relaxed [overflow-wrap:anywhere]">
      <ReactMarkdown
        skipHtml={false}
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[rehypeSanitize]}
        components={components}
      >
        {text}
      </ReactMarkdown>
    </div>
  )
}

function Heading({ children }: { children?: React.ReactNode }) {
  return <p className="font-semibold">{children}</p>
}
