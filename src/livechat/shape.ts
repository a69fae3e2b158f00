import * as z from 'zod/mini'

/**
 * A field that LiveChat may leave out. One of an unforeseen kind counts as left out too: it is never worth losing the
 * rest of the answer.
 */
export function maybe<T extends z.ZodMiniType>(shape: T) {
  return z.catch(z.optional(shape), undefined)
}

/** A list of which the items that do not fit are dropped, for the same reason; no list at all is an empty one. */
export function listOf<T extends z.ZodMiniType>(item: T) {
  return z.pipe(
    maybe(z.array(z.unknown())),
    z.transform((rows): z.output<T>[] =>
      (rows ?? []).flatMap((row) => {
        const read = z.safeParse(item, row)
        return read.success ? [read.data] : []
      }),
    ),
  )
}

/** `properties` of chats, threads and events: `{ namespace: { name: value } }`. */
export const PropertiesShape = maybe(z.record(z.string(), maybe(z.record(z.string(), z.unknown()))))

/** Addresses of pictures come without a scheme at times (contract 6.8): `cdn.example/a.png`. */
export function withScheme(address: string | undefined): string | undefined {
  const given = address?.trim()
  if (!given) return undefined
  if (/^https?:\/\//i.test(given)) return given
  if (given.startsWith('//')) return `https:${given}`
  return /^(data|blob|file|javascript|[a-z]+:\/\/)/i.test(given) ? undefined : `https://${given}`
}
