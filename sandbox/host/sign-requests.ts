import http from 'node:http'
import { PROCESS_HEADER } from '../http/process-header'

/**
 * From now on every request over plain HTTP names this process, while it has a number. It has to happen before a bundle is
 * loaded; requests to other machines go over HTTPS and stay as they are.
 */
export function signRequests(processNumber: () => string | undefined): void {
  const request = http.request.bind(http) as (...given: unknown[]) => http.ClientRequest
  Object.assign(http, {
    request: (...given: unknown[]) => {
      const made = request(...given)
      const number = processNumber()
      if (number && !made.headersSent) made.setHeader(PROCESS_HEADER, number)
      return made
    },
  })
}
