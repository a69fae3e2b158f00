import { describe, expect, test } from 'vitest'
import { SUPPORT_GROUP } from '../../sandbox/livechat/world/defaults'
import { createHandoff, MARIA } from './handoffs'
import { transcriptOf, visibleTo, chatTexts } from './visible'
import { openSandbox } from './sandboxes'

describe.concurrent('what the product says itself is said in the language of the configuration', () => {
  test.each([
    { language: 'en', opening: '[Handed over by the bot]', queue: 'You are number 1 in the queue.' },
    { language: 'fr', opening: '[Transféré par le bot]', queue: 'Vous êtes en position 1 dans la file d’attente.' },
    { language: 'de', opening: '[Vom Bot übergeben]', queue: 'Sie sind auf Platz 1 der Warteschlange.' },
    { language: 'es', opening: '[Transferido por el bot]', queue: 'Está en el puesto 1 de la cola.' },
    { language: 'pt', opening: '[Transferido pelo bot]', queue: 'Sua posição na fila é 1.' },
    { language: 'pt-PT', opening: '[Transferido pelo bot]', queue: 'A sua posição na fila é 1.' },
    { language: 'pl', opening: '[Przekazane przez bota]', queue: 'Twoje miejsce w kolejce: 1.' },
  ])('$language, to the agent and to the customer', async ({ language, opening, queue }) => {
    const sandbox = await openSandbox({ configuration: { language } })
    try {
      const { chatId, customer } = await createHandoff(sandbox)
      expect(chatTexts(sandbox, chatId)[0]).toContain(opening)
      const maria = sandbox.livechat.agent(MARIA)
      maria.says(chatId, 'Hello')
      await visibleTo(customer, 'Hello')
      maria.transfersTo(chatId, { groupId: SUPPORT_GROUP })
      await sandbox.settled()
      expect(transcriptOf(customer).at(-1)).toContain(`agent: ${queue}`)
    } finally {
      await sandbox.close()
    }
  })
})
