"use client"

import {
  type ComponentType,
  createElement,
  type KeyboardEvent,
  type ReactNode,
  useLayoutEffect,
  useRef,
  useState,
} from "react"

/** A module whose code is fetched when it is first wanted. */
export type DeferredModule<Module> = {
  load: () => Promise<Module | null>
  loaded: () => Module | null
}

export function deferModule<Module>(fetchModule: () => Promise<Module>): DeferredModule<Module> {
  let module: Module | null = null
  let fetching: Promise<Module | null> | undefined
  return {
    load: () => {
      fetching ??= fetchModule().then(
        (fetched) => {
          module = fetched
          return fetched
        },
        () => {
          // Offline, or a newer build took its place: the next touch tries again.
          fetching = undefined
          return null
        },
      )
      return fetching
    },
    loaded: () => module,
  }
}

/** A component of a deferred module that is only ever rendered inside of its popup. */
export function deferredPart<Module, Props extends object>(
  module: DeferredModule<Module>,
  pick: (module: Module) => ComponentType<Props>,
): ComponentType<Props> {
  return (props) => {
    const loaded = module.loaded()
    return loaded === null ? null : createElement(pick(loaded), props)
  }
}

const openingKeys = new Set(["ArrowDown", "ArrowUp"])

/**
 * Shows `standIn`, which looks like the real control, until the pointer or the focus comes to it; then its code is fetched and
 * `render` takes its place, opened at once where it was pressed meanwhile. So no page waits for popups it may never open.
 */
export function DeferredPopup<Module>({
  module,
  standIn,
  render,
}: {
  module: DeferredModule<Module>
  standIn: ReactNode
  render: (module: Module, opensAtOnce: boolean) => ReactNode
}) {
  const [shown, setShown] = useState<{ module: Module; opensAtOnce: boolean } | null>(null)
  const place = useRef<HTMLSpanElement>(null)
  const state = useRef({ isPressed: false, isWanted: false, hadFocus: false })

  const show = async () => {
    const loaded = await module.load()
    const { current } = state
    // Between press and release the control must stay, or the browser sees no click.
    if (loaded === null || current.isPressed) return
    current.hadFocus = place.current?.contains(document.activeElement) ?? false
    setShown((before) => before ?? { module: loaded, opensAtOnce: current.isWanted })
  }
  const open = () => {
    state.current.isPressed = false
    state.current.isWanted = true
    void show()
  }
  useLayoutEffect(() => {
    if (shown === null || !state.current.hadFocus) return
    place.current?.querySelector<HTMLElement>("a, button, [tabindex]")?.focus()
  }, [shown])

  if (shown !== null) {
    return (
      <span ref={place} className="contents">
        {render(shown.module, shown.opensAtOnce)}
      </span>
    )
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens to what comes to the control inside.
    <span
      ref={place}
      className="contents"
      onPointerOver={() => void show()}
      onFocus={() => void show()}
      onPointerDown={() => {
        state.current.isPressed = true
      }}
      onPointerLeave={() => {
        state.current.isPressed = false
      }}
      onClick={open}
      onKeyDown={(event: KeyboardEvent) => {
        if (!openingKeys.has(event.key)) return
        event.preventDefault()
        open()
      }}
    >
      {standIn}
    </span>
  )
}
