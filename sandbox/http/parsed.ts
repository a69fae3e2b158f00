/** A body as the exchanges show it: what it holds as JSON, or else the text. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
