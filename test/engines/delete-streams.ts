import { EventStoreDBClient, START } from '@eventstore/db-client';

/**
 * Deletes the streams with this prefix. A real EventStoreDB keeps deleted events until it is scavenged; they are not read any more.
 */
export async function deleteStreams(url: string, prefixes: readonly string[]): Promise<void> {
  const client = EventStoreDBClient.connectionString(url);
  const streams = new Set<string>();
  for await (const { event } of client.readAll({ fromPosition: START }))
    if (event && prefixes.some((prefix) => event.streamId.startsWith(prefix))) streams.add(event.streamId);
  for (const stream of streams) await client.deleteStream(stream);
  await client.dispose();
}
