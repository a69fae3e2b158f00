import { pt } from './pt'
import type { Table } from './table'

/** Portuguese as it is written in Portugal, where that differs. */
export const ptPT: Table = {
  ...pt,
  descriptionCut: '[A descrição era demasiado longa e termina aqui.]',
  transcriptCut: '[As mensagens mais antigas foram omitidas porque a conversa é demasiado longa.]',
  agentSaid: 'Agente: {text}',
  botOrAgentSaid: 'Bot ou agente: {text}',
  otherCustomer: '[Os chats anteriores desta pessoa estão guardados noutro cliente.]',
  otherName: '[Indica o nome {name}; aqui consta como {known}.]',
  wantedGroup: '[Grupo pretendido: {name}]',
  sharedAddress: '[Este endereço também foi indicado com o nome {name}. Os endereços não são verificados.]',
  agentNote:
    '[Nota automática] O cliente está a falar com o bot e não vê o que escreve aqui. Poderá responder quando o bot voltar a transferir o cliente.',
  agentUnheard:
    '[Nota automática] O cliente não recebe as suas mensagens neste momento. Tente contactá-lo de outra forma.',
  agentOpened:
    '[Nota automática] O cliente está a falar com o bot. O bot foi avisado e pode transferir o cliente; as suas mensagens serão então mostradas.',
  queue: 'A sua posição na fila é {position}. Tempo de espera estimado em minutos: {minutes}.',
  queuePosition: 'A sua posição na fila é {position}.',
  queueUnknown: 'Está na fila de espera. Um agente responderá assim que possível.',
  chooseOne: 'Responda com o número ou o texto da opção que escolher.',
  cannotShow: 'O agente enviou algo que não pode ser mostrado aqui.',
  fileLink: 'Ficheiro: {link}',
  needsLogin: '{text} (a ligação exige iniciar sessão)',
  fileEmpty: '{text} (o ficheiro está vazio)',
  mediaLost: 'Não foi possível entregar um ficheiro.',
}
