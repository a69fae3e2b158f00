import type { IncomingHttpHeaders } from 'node:http'

/**
 * Header by which a process of the integration says which one it is: on its requests to the platforms, and on its answers.
 * Only the sandbox knows it: the wire takes it off and keeps the number.
 */
export const PROCESS_HEADER = 'x-sandbox-process'

/** The process that makes a request or gave an answer, if it says so. */
export function processOf(headers: IncomingHttpHeaders): { process?: number } {
  const number = headers[PROCESS_HEADER]
  return number === undefined ? {} : { process: Number(number) }
}
