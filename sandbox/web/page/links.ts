import type { StoryLine } from '../view'

/** The line of the story whose calls are shown on the wire, and who wants to know of another choice. */
let chosen: StoryLine | undefined
let story: readonly StoryLine[] = []
const listeners = new Set<() => void>()

export const chosenLine = (): StoryLine | undefined => chosen

/** The line that a call adds: its own, else that of the request behind which it was made. */
export function lineOfCall(rowId: string): StoryLine | undefined {
  return story.find(({ calls }) => calls[0] === rowId) ?? story.find(({ calls }) => calls.includes(rowId))
}

/** Shows the calls of a line on the wire; `undefined` shows all calls again. */
export function chooseLine(id: string | undefined): void {
  chosen = story.find((line) => line.id === id)
  for (const listener of listeners) listener()
}

/** The lines as they stand now: a chosen one may have got more calls, or may be gone. */
export function updateLines(lines: readonly StoryLine[]): void {
  story = lines
  const before = chosen
  chosen = lines.find(({ id }) => id === before?.id)
  if (before && (!chosen || chosen.calls.length !== before.calls.length)) for (const listener of listeners) listener()
}

export function onChoice(listener: () => void): void {
  listeners.add(listener)
}
