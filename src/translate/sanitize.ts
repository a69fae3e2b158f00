export function cleanText(text: string): string {
  return text
}
export function safeLink(url: string): string | undefined {
  return url
}
