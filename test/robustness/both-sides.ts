import type { Play } from '../faults/play'

const JOINED = 'A human agent has joined'
const STOPPED = 'The human agent closed the conversation'

/** How often each thing was seen, by whom it is for, in a session in which both people said two things. */
export function seenByBoth(play: Play) {
  return {
    questions: [play.arrived('First question'), play.arrived('Second question')],
    answers: [play.shown('First answer'), play.shown('Second answer')],
    announcements: play.shown(JOINED),
    ends: play.shown(STOPPED),
  }
}
