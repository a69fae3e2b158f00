import type { Card, ChatLine, Content, Delivery } from '../view'
import { h, icon } from './dom'
import { onPress } from './press'

type LineOptions = {
  /** Whose window it is: own lines stand on the right. */
  mine: boolean
  /** The line before is of the same author, so the name is not repeated. */
  follows: boolean
  /** What a button of a choice or card does; absent: buttons are shown, not pressed. */
  press?: (label: string) => void
  tools?: HTMLElement
}

/** One line of a chat: who, when, what in a bubble, and what became of it. */
export function lineElement(line: ChatLine, options: LineOptions): HTMLElement {
  const classes = [
    'line',
    line.from,
    options.mine && 'mine',
    options.follows && 'follows',
    line.note && 'note',
    line.deleted && 'deleted',
    line.unseen !== undefined && 'unseen',
  ]
  const marked = Boolean(line.edited ?? line.deleted)
  const showsHead = line.from !== 'system' && (!options.follows || marked)
  const { delivery } = line
  return h(
    'div',
    { class: classes.filter(Boolean).join(' '), 'data-delivery': delivery?.state },
    showsHead && head(line, options),
    h('div', { class: 'line-body' }, ...content(line, options), options.tools),
    line.unseen !== undefined && h('p', { class: 'line-foot' }, icon('lock'), line.unseen),
    delivery && deliveryElement(delivery),
  )
}

function deliveryElement(delivery: Delivery): HTMLElement {
  if (delivery.state === 'sending') return h('p', { class: 'line-foot' }, icon('clock'), 'Sending')
  const words = delivery.state === 'failed' ? 'Not delivered.' : 'Maybe not delivered.'
  return h('p', { class: 'line-foot bad' }, icon('warn'), `${words} ${delivery.reason}`)
}

function head(line: ChatLine, { follows }: LineOptions): HTMLElement {
  return h(
    'div',
    { class: 'line-head' },
    !follows && h('b', {}, line.author ?? line.from),
    !follows && h('time', { datetime: line.at }, clock(line.at)),
    line.note && h('span', {}, 'private note'),
    line.edited && h('span', {}, 'edited'),
    line.deleted && h('span', {}, 'deleted'),
  )
}

function clock(iso: string): string {
  return new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
}

function content(line: ChatLine, { press }: LineOptions): HTMLElement[] {
  const shown: Content =
    line.deleted && line.content.kind !== 'text' ? { kind: 'text', text: line.content.kind } : line.content
  switch (shown.kind) {
    case 'text':
      return [h('div', { class: 'bubble' }, ...withLinks(shown.text))]
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return [h('div', { class: 'bubble media' }, ...media(shown))]
    case 'choice':
      return [h('div', { class: 'bubble' }, shown.text), buttons(shown.options, press)]
    case 'cards':
      return [h('div', { class: 'cards' }, ...shown.cards.map((card) => cardElement(card, press)))]
    case 'location':
      return [h('div', { class: 'bubble' }, `${shown.title} (${shown.latitude}, ${shown.longitude})`)]
    case 'form':
      return [h('div', { class: 'bubble' }, shown.fields.map(({ label, answer }) => `${label}: ${answer}`).join('\n'))]
  }
}

/** A web address can be pressed, as in any chat; a full stop behind it is the sentence's. */
function withLinks(text: string): (Node | string)[] {
  return text
    .split(/(https?:\/\/\S*[^\s.,;:!?)\]])/)
    .map((part, index) => (index % 2 === 0 ? part : h('a', { href: part, target: '_blank', rel: 'noreferrer' }, part)))
}

function media({ kind, url, title }: { kind: 'image' | 'audio' | 'video' | 'file'; url: string; title: string }) {
  const link = h('a', { class: 'media-title', href: url, target: '_blank', rel: 'noreferrer' }, icon('file'), title)
  if (kind === 'image') return [h('img', { src: url, alt: title })]
  if (kind === 'audio') return [h('audio', { src: url, controls: true, 'aria-label': title }), link]
  if (kind === 'video') return [h('video', { src: url, controls: true, 'aria-label': title }), link]
  return [link]
}

type Press = LineOptions['press']

function buttons(options: { label: string; url?: string }[], press: Press): HTMLElement {
  return h('div', { class: 'options' }, ...options.map((option) => button(option, press)))
}

function button({ label, url }: { label: string; url?: string }, press: Press): HTMLElement {
  if (url !== undefined) return h('a', { class: 'chip', href: url, target: '_blank', rel: 'noreferrer' }, label)
  if (!press) return h('span', { class: 'chip' }, label)
  return onPress(h('button', { class: 'chip', type: 'button' }, label), () => press(label))
}

function cardElement({ title, subtitle, imageUrl, buttons: actions }: Card, press: Press): HTMLElement {
  return h(
    'article',
    { class: 'card' },
    imageUrl !== undefined && h('img', { src: imageUrl, alt: '' }),
    h(
      'div',
      { class: 'card-body' },
      h('b', {}, title),
      subtitle !== undefined && h('p', { class: 'quiet' }, subtitle),
      buttons(actions, press),
    ),
  )
}
