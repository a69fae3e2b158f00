import type { Play } from '../faults/play'

const JOINED = 'A human agent has joined'
const STOPPED = 'The human agent closed the conversation'

/** How often each thing was seen, by whom it is for, in a session in which both people said two things. */
export function whatBothSaw(play: Play) {
  return {
    questions: [play.timesInLiveChat('First question'), play.timesInLiveChat('Second question')],
    answers: [play.timesVisible('First answer'), play.timesVisible('Second answer')],
    announcements: play.timesVisible(JOINED),
    ends: play.timesVisible(STOPPED),
  }
}
