export function splitText(text: string, _maxBytes: number): string[] {
  return text === '' ? [] : [text]
}
