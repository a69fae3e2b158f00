/** The newest value of a cookie in `Set-Cookie` headers, one header an item; none when it is absent or taken back. */
export function cookieValue(setCookies: readonly string[], name: string): string | undefined {
  const values = setCookies.flatMap((header) => {
    const [pair = ''] = header.split(';')
    const equals = pair.indexOf('=')
    return equals > 0 && pair.slice(0, equals).trim() === name ? [pair.slice(equals + 1).trim()] : []
  })
  return values.at(-1) || undefined
}
