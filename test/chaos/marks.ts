// Everything that a played story writes carries its number, so that nothing can be taken for anybody else's.

/** Stands in the requests for a human, hence in the opening of a thread. */
export const markOf = (session: number) => `(h${session})`
export const addressOf = (session: number) => `ada.h${session}@people.test`
/** One word or file of the story: unique in the whole run. */
export const wordOf = (session: number, number: number) => `w${session}-${number}`

const MARK = /\(h(\d+)\)|\bw(\d+)-\d+/
const WORDS = /\bw\d+-\d+\b/g

/** The session that a text belongs to, if it says so. */
export function sessionIn(text: string | undefined): number | undefined {
  const [, asked, said] = MARK.exec(text ?? '') ?? []
  return (asked ?? said) ? Number(asked ?? said) : undefined
}

export function sessionOfAddress(address: string): number | undefined {
  const number = /^ada\.h(\d+)@/.exec(address)?.[1]
  return number === undefined ? undefined : Number(number)
}

/** The words that a text holds. */
export function wordsIn(text: string | undefined): string[] {
  return text?.match(WORDS) ?? []
}

/** The Botpress message that an event of the integration's at LiveChat came from; openings and notes came from none. */
export function messageBehind(customId: string | undefined): string | undefined {
  return /^hitl-(msg_[0-9A-Z]+)/.exec(customId ?? '')?.[1]
}
