import { cleanText } from './sanitize'
import { shareableLink } from './shareable-link'

/**
 * Markdown as plain text that reads well: marks of emphasis, headings and code are dropped, `[a](https://x)` becomes
 * `a (https://x)`, lists keep a dash. What is not clearly Markdown stays as written.
 *
 * `toLink` checks the addresses of links; the label alone is left of one that it refuses.
 *
 * Every pattern excludes its own opening mark from what it holds, so that no input makes it look at a place twice.
 */
export function markdownToText(markdown: string, toLink: (url: string) => string | undefined = shareableLink): string {
  const kept: string[] = []
  const places = new Map<string, string>()
  // Control characters are gone after cleaning, so NUL can stand for a part that the later steps must not touch.
  const keep = (part: string): string => {
    const place = places.get(part) ?? `\0${kept.push(part) - 1}\0`
    places.set(part, place)
    return place
  }

  const protectedParts = cleanText(markdown)
    .replace(/(?:\\[\\`*_{}[\]()#+.!~>|-])+/g, (escaped) => keep(escaped.replace(/\\(.)/g, '$1')))
    .replace(/^[ \t]*(?:```|~~~)[^\n]*\n?/gm, '')
    .replace(/`([^`\n]+)`/g, (_all, code: string) => keep(code))
    .replace(/!\[([^[\]\n]*)\]\(([^()\s]+)(?:[ \t]+"[^"\n]*")?\)/g, (_all, label: string, url: string) =>
      link(label, url),
    )
    .replace(
      /\[([^[\]\n]+)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:[ \t]+"[^"\n]*")?\)/g,
      (_all, label: string, url: string) => link(label, url),
    )
    .replace(/<((?:https?:\/\/|mailto:|tel:)[^<>\s]+)>/g, (_all, url: string) => keep(url))
    .replace(/https?:\/\/[^\s<>()[\]*"\0]+/g, keep)

  return restore(withoutMarks(protectedParts), kept)

  function link(label: string, url: string): string {
    const target = toLink(restore(url, kept))
    if (!target) return label
    const words = label.trim()
    return words === '' || words === target ? keep(target) : `${words} (${keep(target)})`
  }
}

function withoutMarks(text: string): string {
  return text
    .replace(/^[ \t]*#{1,6}[ \t]+/gm, '')
    .replace(/^([ \t]*)[*+][ \t]+/gm, '$1- ')
    .replace(/(?<!\*)\*(?![\s*])([^*\n]+)(?<!\s)\*(?!\*)/g, '$1')
    .replace(/\*\*(?!\s)([^*\n]+)(?<!\s)\*\*/g, '$1')
    .replace(/(?<!\*)\*(?![\s*])([^*\n]+)(?<!\s)\*(?!\*)/g, '$1')
    .replace(/(?<![\p{L}\p{N}_])(__?)(?![\s_])([^_\n]+)(?<!\s)\1(?![\p{L}\p{N}_])/gu, '$2')
    .replace(/~~(?!\s)([^~\n]+)(?<!\s)~~/g, '$1')
}

/** A kept part may hold others (an address with an escaped mark in it), each of them older than itself. */
function restore(text: string, kept: string[]): string {
  const restored = text.replace(/\0(\d+)\0/g, (_all, index: string) => kept[Number(index)] ?? '')
  return restored.includes('\0') ? restore(restored, kept) : restored
}
