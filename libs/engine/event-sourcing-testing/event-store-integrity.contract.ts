import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type EventStore, LogDamaged } from '#libs/engine/event-sourcing';
import { all, events, type EventStoreHarness, first, follow, names, refusal } from './event-store.harness.js';

/** The part of the contract that is about which log it is, and whether it is as it was written. */
export function eventStoreIntegrityContract(name: string, open: () => Promise<EventStoreHarness>): void {
  describe(`EventStore contract: ${name}: integrity`, () => {
    let harness: EventStoreHarness;
    let store: EventStore;
    beforeEach(async () => {
      harness = await open();
      store = harness.store;
    });
    afterEach(() => harness.cleanup());

    test('K3 a log has an id from its first event on, the same for everybody who opens it and of no other log', async () => {
      expect(await store.identity()).toBeNull();
      await store.append('project-1', null, events('a', 2));
      const id = (await store.identity())?.id;
      expect(id).toMatch(/^[0-9a-f]{32}$/);
      await store.append('project-1', 1n, events('b', 1));
      const second = await harness.second();
      expect([(await store.identity())?.id, (await second.identity())?.id]).toEqual([id, id]);
      const other = await harness.otherLog();
      await other.append('project-1', null, events('a', 2));
      expect((await other.identity())?.id).toMatch(/^[0-9a-f]{32}$/);
      expect((await other.identity())?.id).not.toBe(id);
      const reopened = await harness.reopen();
      expect((await reopened.identity())?.id).toBe(id);
    });

    test('K4 the head of the chain, if the engine has one, belongs to the newest event and changes with each append only', async () => {
      await store.append('project-1', null, events('a', 2));
      const before = (await store.identity())?.chain ?? null;
      if (harness.damage === null) {
        expect(before).toBeNull();
        return;
      }
      expect(before).toEqual({ position: 1n, head: expect.stringMatching(/^[0-9a-f]{64}$/) });
      const second = await harness.second();
      await second.append('project-1', 1n, events('b', 1));
      const after = (await store.identity())?.chain;
      expect(after).toEqual({ position: 2n, head: expect.stringMatching(/^[0-9a-f]{64}$/) });
      expect(after?.head).not.toBe(before?.head);
      expect((await second.identity())?.chain).toEqual(after);
      const reopened = await harness.reopen();
      expect((await reopened.identity())?.chain).toEqual(after);
    });

    test('K4 an event with a changed byte is never returned by any read; those before it are', async () => {
      if (harness.damage === null) return;
      for (const letter of ['a', 'b', 'c']) await store.append(`project-${letter}`, null, events(letter, 1));
      await harness.damage(1n);
      const reader = await harness.second();
      const damaged = { class: LogDamaged, name: 'LogDamaged', position: 1n, stream: 'project-b' };
      expect(await refusal(reader.readAt(1n))).toMatchObject(damaged);
      expect(await refusal(all(reader.readStream('project-b')))).toMatchObject(damaged);
      expect(await refusal(all(reader.readAll(null)))).toMatchObject(damaged);
      expect(await refusal(follow(reader, null, 2))).toMatchObject(damaged);
      expect(names(await follow(reader, null, 1))).toEqual(['a-0']);
      expect(names(await first(reader.readAll(null), 1))).toEqual(['a-0']);
      expect(names(await all(reader.readStream('project-c')))).toEqual(['c-0']);
    });
  });
}
