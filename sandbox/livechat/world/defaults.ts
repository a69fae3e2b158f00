/** The account every emulator starts with. All ids are invented. */
export const ORGANIZATION_ID = '7b0f3c52-1d8e-4a3f-9c65-0e4b2a7d1f88'
export const CLIENT_ID = '4f1d2c3b5a697887a6b5c4d3e2f10987'
/** Client id of LiveChat's own Agent App: the source of what agents write at their desk. */
export const AGENT_APP_CLIENT_ID = 'c0a1b2d3e4f5061728394a5b6c7d8e9f'
/** Client id of the widget on the organization's website. */
export const WEBSITE_CLIENT_ID = 'e1d2c3b4a5968778695a4b3c2d1e0f00'
/** What events written with a personal access token show as `source.client_id`. */
export const TOKEN_CLIENT_ID = 'personal_access_token'
export const GENERAL_GROUP = 0
export const SUPPORT_GROUP = 7
/** A group whose language is not English; Omar and the owner are in it. */
export const GERMAN_GROUP = 21
export const MARIA = 'maria@acme.test'
export const OMAR = 'omar@acme.test'
export const OWNER = 'owner@acme.test'
export const BOT_ID = '9d8c7b6a5f4e3d2c1b0a998877665544'

/** Scopes of the full token: everything that some emulated method asks for. */
export const ALL_SCOPES = [
  'chats--all:rw',
  'customers:rw',
  'customers.ban:rw',
  'agents--all:rw',
  'agents-bot--all:rw',
  'agents-bot--my:rw',
  'groups--all:ro',
  'webhooks.configuration:rw',
  'webhooks.state:rw',
  'properties.configuration:rw',
  'tags--all:rw',
]
