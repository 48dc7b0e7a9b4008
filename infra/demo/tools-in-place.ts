import { at } from './calendar.js';
import type { Scene } from './scene.js';

/** Customers where people keep something of their own in our place. */
export const toolsIn = ['C-1003', 'C-1007', 'C-1012'] as const;

/** A shared spreadsheet that grows, seen at visits. */
export function tellTool({ diary, calendar, customer }: Scene): void {
  for (const [ago, seats] of [[170, 4], [40, 11]] as const) {
    diary.tell('feedback.workaround-tool-seen', at(calendar.workdayAt(calendar.today - ago), 14), `tool-${ago}`, { tool: 'Shared spreadsheet', themes: ['forms'], seats, unit: customer.segment === 'enterprise' ? 'Depot' : 'Office' });
  }
}
