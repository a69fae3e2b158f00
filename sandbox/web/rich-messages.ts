import type { RichElement } from '../livechat'
import type { MediaFile } from '../media'

type RichMessage = { templateId: string; elements: RichElement[] }

/** The two canned rich messages of the desk. `pictureUrl`: where `PICTURE` is served. */
export function richMessage(kind: 'quick replies' | 'cards', pictureUrl: string): RichMessage {
  return kind === 'cards' ? cards(pictureUrl) : QUICK_REPLIES
}

const reply = (text: string, id: string) => ({ text, type: 'message', value: text, postback_id: id, user_ids: [] })

const QUICK_REPLIES: RichMessage = {
  templateId: 'quick_replies',
  elements: [
    {
      title: 'When shall we deliver?',
      buttons: [reply('This morning', 'morning'), reply('This afternoon', 'afternoon'), reply('Tomorrow', 'tomorrow')],
    },
  ],
}

function cards(pictureUrl: string): RichMessage {
  return {
    templateId: 'cards',
    elements: [
      {
        title: 'Desk lamp Luma',
        subtitle: 'Warm light, brass, 49 €',
        image: { url: pictureUrl, name: 'luma.svg', content_type: 'image/svg+xml' },
        buttons: [
          reply('Order the lamp', 'order-luma'),
          { text: 'More about it', type: 'url', value: 'https://shop.example.test/luma', postback_id: 'more-luma' },
        ],
      },
      {
        title: 'Reading light Lyra',
        subtitle: 'Clips to a book, 19 €',
        buttons: [reply('Order the light', 'order-lyra')],
      },
    ],
  }
}

/** An own drawing: a lamp. */
export const PICTURE: MediaFile = {
  name: 'luma.svg',
  contentType: 'image/svg+xml',
  bytes: new TextEncoder().encode(
    `<svg xmlns="http://www.w3.org/2000/svg" width="380" height="192" viewBox="0 0 380 192"><rect width="380" height="192" fill="#f3e9d8"/>
<circle cx="205" cy="98" r="62" fill="#ffe3a1"/><path d="M150 160h92M196 160V74l34-20" fill="none" stroke="#7a5a2b"
stroke-width="7" stroke-linecap="round"/><path d="m214 30 42 28-26 34-40-34z" fill="#b8863b"/></svg>`,
  ),
}
