import { Signal } from '../signal'

/** Why a media address was not, or not wholly, read. */
export type MediaProblem =
  | 'address'
  | 'scheme'
  | 'private-address'
  | 'redirects'
  | 'timeout'
  | 'too-large'
  | 'not-found'
  | 'executable'
  /** A file of no bytes. */
  | 'empty'
  /** A page or an error in place of the file. */
  | 'not-the-file'
  /** Refused to whoever has no login (401, 403). */
  | 'login'
  | 'refused'
  | 'unreachable'

/** A file that cannot be passed on. Holds no part of the address, which may carry a signature. */
export class MediaError extends Signal {
  override readonly name = 'MediaError'

  constructor(readonly reason: MediaProblem) {
    super(`media: ${reason}`)
  }
}
