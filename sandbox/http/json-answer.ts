import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

const texts = new WeakMap<Response, string>()

/** Answers with JSON, whose text `textOf` knows without reading the answer. */
export function jsonAnswer(c: Context, value: unknown, status: ContentfulStatusCode = 200): Response {
  const text = JSON.stringify(value)
  const answer = c.body(text, status, { 'content-type': 'application/json' })
  texts.set(answer, text)
  return answer
}

/** The body of an answer, which can still be sent. */
export async function textOf(answer: Response): Promise<string> {
  return texts.get(answer) ?? answer.clone().text()
}
