import { handoffWithMessage, handoffWithAgent } from '../before'
import type { Play } from '../play'
import { chatAt, times, type Scene } from '../scene'
import { MENU } from './menu'

const PICTURE = { name: 'lamp.png', contentType: 'image/png', bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47]) }

function pictureFor(play: Play) {
  return { type: 'image', payload: { imageUrl: play.sandbox.media.put(PICTURE), title: 'The lamp' } }
}

/** The customer says something. */
export const CUSTOMER: Scene[] = [
  {
    name: 'the customer writes',
    prepare: handoffWithMessage,
    act: (play) => play.customer.says('Where is my lamp?'),
    effect: (play) => times(play.timesInLiveChat('Where is my lamp?'), 'the message'),
  },
  {
    name: 'the customer writes, and the token is revoked',
    prepare: async (play) => {
      await handoffWithMessage(play)
      play.sandbox.livechat.customer(chatAt(play).customerId ?? '').losesTokens()
    },
    act: (play) => play.customer.says('Where is my lamp?'),
    effect: (play) => times(play.timesInLiveChat('Where is my lamp?'), 'the message'),
  },
  {
    name: 'the customer sends a picture',
    prepare: handoffWithMessage,
    act: (play) => play.customer.sends(pictureFor(play)),
    effect: (play) => times(play.timesInLiveChat('lamp.png'), 'the picture'),
  },
  {
    name: 'the customer chooses',
    prepare: async (play) => {
      await handoffWithAgent(play)
      play.agent.sendsRichMessage(play.ids.chatId, MENU)
      await play.settled()
    },
    act: (play) => play.customer.says('2'),
    effect: (play) => times(play.events.filter((event) => 'postback' in event).length, 'the choice'),
  },
]
