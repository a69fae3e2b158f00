import type { BotScript } from '../botpress'

/** The bot of the page: a small lamp shop. Its two answers and its handoff are the quick words under the chat. */
export const LAMP_SHOP: BotScript = {
  greeting: 'Hello, I am the bot of the Acme lamp shop. Ask me about opening hours or your order, or ask for an agent.',
  answers: [
    { when: /open|hours/i, say: 'The shop is open Monday to Friday from 9 to 17 h, on Saturday until 13 h.' },
    { when: /order|parcel|where/i, say: 'Your order 4711 left us yesterday; it should arrive tomorrow before noon.' },
    { when: /thank/i, say: 'You are welcome.' },
  ],
  handoffInput: {
    title: 'Customer asked for a person',
    description: 'The bot of the lamp shop could not help further.',
  },
  otherwise: 'I did not understand that. Ask me about opening hours or your order, or ask for an agent.',
  afterHitl: 'I am back. Is there anything else I can do?',
  handoffFailed: 'Sorry, nobody could be reached: {error}',
}
