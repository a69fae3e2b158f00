/** What a text holds as JSON, in an object of its own since `null` is a value too. `undefined`: the text is not JSON. */
export function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}
