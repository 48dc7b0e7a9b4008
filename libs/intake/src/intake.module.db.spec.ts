import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { generateMasterKey, KeyRing, parseMasterKey } from '#event-store';
import { IntakeModule } from './intake.module.js';
import { rawItem } from './record-events/raw-item.js';
import { RecordEvents } from './record-events/record-events.js';
import { RetractImport } from './record/retract-import.js';
import { context, event, openIntake, receivedAt, tenant } from './testing/open-intake.js';

let house: Awaited<ReturnType<typeof openIntake>>;
beforeAll(async () => { house = await openIntake(); });
afterAll(() => house.close());

const appWith = async (masterKey: string) =>
  (await Test.createTestingModule({ imports: [CqrsModule.forRoot({ rethrowUnhandled: true }), IntakeModule.forRoot({ store: house.store, database: house.worker, keys: new KeyRing(house.worker, parseMasterKey(masterKey)) })] }).compile());

describe('The way in, in an app', () => {
  it('answers its commands, and refuses to start with another master key', async () => {
    const app = await (await appWith(generateMasterKey())).init();
    const commands = app.get(CommandBus);
    const item = event('ticket.opened', { ticket: 'T-1' });
    expect(await commands.execute(new RecordEvents([rawItem(item)], { ...context, importId: 'one' }))).toMatchObject([{ status: 'appended', id: item.id }]);
    expect(await commands.execute(new RetractImport(tenant, 'one', 'Wrong file', receivedAt))).toEqual({ events: 1, customers: 1, aliases: 0, already: false });
    await app.close();
    await expect((await appWith(generateMasterKey())).init()).rejects.toThrow('The master key does not open the keys in this database');
  });
});
