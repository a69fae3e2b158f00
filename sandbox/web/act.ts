import type { AgentPerson, BotPerson, LiveChat } from '../livechat'
import type { MediaFile } from '../media'
import type { Command } from './commands'
import { keepProcesses, killProcess } from './processes'
import { PICTURE, richMessage } from './rich-messages'
import type { Stage } from './stage'

/** Does what a person did on the page. Rejects with a sentence when the platforms would not offer it. */
export async function act(stage: Stage, command: Command): Promise<void> {
  await stage.ready()
  switch (command.do) {
    case 'customer.says':
      return says(stage, command.text)
    case 'customer.isCalled':
      return stage.call(command)
    case 'customer.rates':
      return stage.rate(command.score)
    case 'fault':
      return stage.faults.set(command.id, command.on)
    case 'process.dies':
      return killProcess(stage.sandbox, command.number)
    case 'processes':
      return keepProcesses(stage.sandbox, command.count)
    case 'setup':
      return stage.setup.save(command.situation)
    case 'clearWire':
      return stage.clearWire()
    case 'reset':
      return stage.reset()
    default:
      deskDoes(stage.sandbox, command)
      if (command.do === 'agent.edits') stage.edited.add(command.eventId)
      return
  }
}

/** Uploads, which come as bytes instead of a command; without an agent the customer sends. */
export async function send(stage: Stage, file: MediaFile, by?: AtDesk): Promise<void> {
  await stage.ready()
  const { livechat, media } = stage.sandbox
  if (by) return void human(livechat, by.agentId).sendsFile(by.chatId, file)
  const kind = ['image', 'audio', 'video'].find((known) => file.contentType.startsWith(`${known}/`)) ?? 'file'
  const payload = { [`${kind}Url`]: media.put(file), title: file.name }
  void stage.customer.sends({ type: kind, payload }).catch(() => undefined)
}

type AtDesk = { chatId: string; agentId: string }

/** The words stand in the chat at once; what the bot makes of them is seen when it comes. */
function says({ customer }: Stage, text: string): void {
  void customer.says(text).catch(() => undefined)
}

type DeskCommand = Extract<Command, { agentId: string }>

/** What bots of LiveChat can do too, then what only people can. */
function deskDoes({ livechat, media }: Stage['sandbox'], command: DeskCommand): void {
  const { agentId } = command
  const anyone: BotPerson = isBot(livechat, agentId) ? livechat.bot(agentId) : livechat.agent(agentId)
  switch (command.do) {
    case 'agent.says':
      return void (command.note
        ? human(livechat, agentId).notes(command.chatId, command.text)
        : anyone.says(command.chatId, command.text))
    case 'agent.sendsRich':
      return void anyone.sendsRichMessage(command.chatId, richMessage(command.template, media.put(PICTURE)))
    case 'agent.joins':
      return void anyone.joins(command.chatId)
    case 'agent.leaves':
      return void anyone.leaves(command.chatId)
    case 'agent.transfers':
      return void anyone.transfersTo(command.chatId, target(command.to))
    case 'agent.closes':
      return void anyone.closes(command.chatId)
    case 'agent.becomes':
      return command.online ? anyone.goesOnline() : anyone.goesOffline()
    default:
      return personDoes(livechat, command)
  }
}

type PersonCommand = Extract<DeskCommand, { do: `agent.${'edits' | 'deletes' | 'queues' | 'tags' | 'reopens'}` }>

function personDoes(livechat: LiveChat, command: PersonCommand): void {
  const agent = human(livechat, command.agentId)
  switch (command.do) {
    case 'agent.edits':
      return void agent.edits(command.eventId, command.text)
    case 'agent.deletes':
      return void agent.deletes(command.eventId)
    case 'agent.tags':
      return void agent.tags(command.chatId, command.tag)
    case 'agent.reopens':
      return void agent.reopens(command.chatId)
    case 'agent.queues':
      return void livechat.router.unassigns(command.chatId)
  }
}

function isBot(livechat: LiveChat, agentId: string): boolean {
  return livechat.store.agents.get(agentId)?.bot === true
}

function human(livechat: LiveChat, agentId: string): AgentPerson {
  if (isBot(livechat, agentId)) throw new Error('A bot agent cannot do that: act as Maria or Omar.')
  return livechat.agent(agentId)
}

/** The page writes `agent:<id>` or `group:<number>`. */
function target(to: string): { agentId: string } | { groupId: number } {
  const [, kind, id = ''] = /^(agent|group):(.+)$/.exec(to) ?? []
  return kind === 'group' ? { groupId: Number(id) } : { agentId: id }
}
