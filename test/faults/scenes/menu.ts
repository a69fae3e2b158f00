/** A choice between two, as an agent's app offers it. */
export const MENU = {
  templateId: 'cards',
  elements: [
    {
      title: 'Which lamp?',
      buttons: [
        { type: 'message', text: 'The red one', value: 'red', postback_id: 'red', user_ids: [] },
        { type: 'message', text: 'The blue one', value: 'blue', postback_id: 'blue', user_ids: [] },
      ],
    },
  ],
}
