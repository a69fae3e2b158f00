import { expect, test } from 'vitest'
import { SUPPORT_GROUP } from '../../sandbox/livechat/world/defaults'
import { onEachHost } from './hosts'
import { botSays, createHandoff, MARIA, newCustomer } from './handoffs'
import { BOT_IS_BACK, transcriptOf, visibleTo, chatTexts } from './visible'
import { useSandbox } from './sandboxes'
import { callsNamed } from './sent'

const SETTINGS = { queueMessage: 'Acme: please wait', botLabel: '[Acme Bot] {text}', agentNote: '[Note] With Acme Bot' }

onEachHost((host) => {
  const sandbox = useSandbox({ ...host, configuration: SETTINGS })

  /** The bot speaks, an agent corrects a word and gives the customer back to the queue. */
  async function talk(hitlSession: Record<string, unknown>) {
    const handOver = await createHandoff(sandbox(), newCustomer(sandbox()), { hitlSession })
    const { chatId, customer } = handOver
    await botSays({ sandbox: sandbox(), ...handOver }, { type: 'text', payload: { text: 'One moment' } })
    const maria = sandbox().livechat.agent(MARIA)
    const { eventId } = maria.says(chatId, 'Helo')
    await visibleTo(customer, 'Helo')
    maria.edits(eventId, 'Hello')
    await sandbox().settled()
    maria.transfersTo(chatId, { groupId: SUPPORT_GROUP })
    await sandbox().settled()
    const fromAgents = transcriptOf(customer).filter((line) => line.startsWith('agent: ') && !line.endsWith('Helo'))
    const fromBot = chatTexts(sandbox(), chatId).filter((text) => text.includes('One moment'))
    return { ...handOver, fromAgents, fromBot }
  }

  test('two brands of one installation each say their own words', async () => {
    const zara = await talk({ botLabel: '[Zara] {text}', queueMessage: 'Zara: a moment', editedMessage: 'Now: {text}' })
    const acme = await talk({})
    expect(zara.fromBot).toEqual(['[Zara] One moment'])
    expect(zara.fromAgents).toEqual(['agent: Now: Hello', 'agent: Zara: a moment'])
    expect(acme.fromBot).toEqual(['[Acme Bot] One moment'])
    expect(acme.fromAgents).toEqual(['agent: Edited: Hello', 'agent: Acme: please wait'])
  })

  test('a customer reads their own language, from somebody whose name is in it, and the agent the usual one', async () => {
    const { fromAgents, fromBot, chatId, customer } = await talk({ language: 'de-AT' })
    expect(fromAgents[0]).toBe('agent: Korrigiert: Hello')
    expect(fromAgents[1]).toContain('Sie sind auf Platz 1 der Warteschlange.')
    expect(customer.sees().at(-1)).toMatchObject({ from: 'agent', name: 'Kundenservice' })
    expect(fromBot).toEqual(['[Acme Bot] One moment'])
    expect(chatTexts(sandbox(), chatId)[0]).toContain('[Handed over by the bot]')
  })

  test('the note to an agent who writes to nobody is that of the last handoff, its silence too', async () => {
    const noteAfter = async (hitlSession: Record<string, unknown>) => {
      const { chatId, customer } = await createHandoff(sandbox(), newCustomer(sandbox()), { hitlSession })
      const maria = sandbox().livechat.agent(MARIA)
      maria.closes(chatId)
      await visibleTo(customer, BOT_IS_BACK)
      maria.reopens(chatId)
      maria.says(chatId, 'One thing I forgot')
      await sandbox().settled()
      return chatTexts(sandbox(), chatId).slice(chatTexts(sandbox(), chatId).indexOf('One thing I forgot') + 1)
    }
    expect(await noteAfter({ agentNote: '[Note] With Zara' })).toEqual(['[Note] With Zara'])
    expect(await noteAfter({})).toEqual(['[Note] With Acme Bot'])
    expect(await noteAfter({ agentNote: 'NULL' })).toEqual([])
  })

  test('words that no tag can hold are refused before LiveChat hears of it', async () => {
    const hitlSession = { queueMessage: 'q'.repeat(300), agentNote: 'n'.repeat(300) }
    const handOver = sandbox().handOver({ customer: newCustomer(sandbox()), input: { hitlSession } })
    await expect(handOver).rejects.toThrow(/queueMessage, editedMessage, botLabel and agentNote are too long/)
    expect(callsNamed(sandbox(), 'customer/start_chat')).toEqual([])
  })
})
