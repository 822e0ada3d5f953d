import serverfeaturesPb from '@eventstore/db-client/generated/serverfeatures_pb.js';
import gossipPb from '@eventstore/db-client/generated/gossip_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import statusPb from '@eventstore/db-client/generated/status_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import anyPb from 'google-protobuf/google/protobuf/any_pb.js';
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import {
  type AppendOutcome,
  type Expected,
  type LogEvent,
  MAX_APPEND_SIZE,
  type ProposedEvent,
} from './eventstoredb-log.js';

/** .NET counts time in ticks of 100 ns. */
const TICKS_PER_MS = 10_000n;

const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');

export const streamNameOf = (identifier: sharedPb.StreamIdentifier | undefined): string =>
  textOf(identifier?.getStreamName_asU8());

function identifierOf(stream: string): sharedPb.StreamIdentifier {
  return new sharedPb.StreamIdentifier().setStreamName(Uint8Array.from(Buffer.from(stream, 'utf8')));
}

/** A proposed event of either append; an id that is not text counts as none. */
export function proposedOf(
  message: streamsPb.AppendReq.ProposedMessage | streamsPb.BatchAppendReq.ProposedMessage,
): ProposedEvent {
  return {
    id: message.getId()?.getString() ?? '',
    type: message.getMetadataMap().get('type') ?? '',
    contentType: message.getMetadataMap().get('content-type') ?? 'application/octet-stream',
    data: Uint8Array.from(message.getData_asU8()),
    metadata: Uint8Array.from(message.getCustomMetadata_asU8()),
  };
}

export function expectedOfAppend(options: streamsPb.AppendReq.Options): Expected {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  return options.hasAny() ? 'any' : BigInt(options.getRevision());
}

export function expectedOfBatch(options: streamsPb.BatchAppendReq.Options): Expected {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  return options.hasAny() ? 'any' : BigInt(options.getStreamPosition());
}

export function eventMessage(event: LogEvent): streamsPb.ReadResp {
  const recorded = new streamsPb.ReadResp.ReadEvent.RecordedEvent()
    .setId(new sharedPb.UUID().setString(event.id))
    .setStreamIdentifier(identifierOf(event.stream))
    .setStreamRevision(`${event.revision}`)
    .setCommitPosition(`${event.position}`)
    .setPreparePosition(`${event.position}`)
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('content-type', event.contentType)
    .set('created', `${BigInt(event.created.getTime()) * TICKS_PER_MS}`);
  const read = new streamsPb.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(`${event.position}`);
  return new streamsPb.ReadResp().setEvent(read);
}

export const notFoundMessage = (stream: string): streamsPb.ReadResp =>
  new streamsPb.ReadResp().setStreamNotFound(
    new streamsPb.ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(stream)),
  );

export const confirmationMessage = (id: string): streamsPb.ReadResp =>
  new streamsPb.ReadResp().setConfirmation(
    new streamsPb.ReadResp.SubscriptionConfirmation().setSubscriptionId(id),
  );

export const checkpointMessage = (position: bigint): streamsPb.ReadResp =>
  new streamsPb.ReadResp().setCheckpoint(
    new streamsPb.ReadResp.Checkpoint().setCommitPosition(`${position}`).setPreparePosition(`${position}`),
  );

export const caughtUpMessage = (): streamsPb.ReadResp =>
  new streamsPb.ReadResp().setCaughtUp(new streamsPb.ReadResp.CaughtUp());

/** The answer of a single append; null if the protocol has a status instead. */
export function appendAnswer(outcome: AppendOutcome, expected: Expected): streamsPb.AppendResp | null {
  if (outcome.kind === 'stored') {
    const success = new streamsPb.AppendResp.Success();
    if (outcome.revision === null) success.setNoStream(new sharedPb.Empty());
    else success.setCurrentRevision(`${outcome.revision}`);
    if (outcome.position === null) success.setNoPosition(new sharedPb.Empty());
    else
      success.setPosition(
        new streamsPb.AppendResp.Position()
          .setCommitPosition(`${outcome.position}`)
          .setPreparePosition(`${outcome.position}`),
      );
    return new streamsPb.AppendResp().setSuccess(success);
  }
  if (outcome.kind !== 'wrong-expected-version') return null;
  const wrong = new streamsPb.AppendResp.WrongExpectedVersion();
  if (outcome.current === null) wrong.setCurrentNoStream(new sharedPb.Empty());
  else wrong.setCurrentRevision(`${outcome.current}`);
  if (typeof expected === 'bigint') wrong.setExpectedRevision(`${expected}`);
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new sharedPb.Empty());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new sharedPb.Empty());
  else wrong.setExpectedAny(new sharedPb.Empty());
  return new streamsPb.AppendResp().setWrongExpectedVersion(wrong);
}

function packed(name: string, message: { serializeBinary(): Uint8Array }): anyPb.Any {
  const any = new anyPb.Any();
  any.pack(message.serializeBinary(), `event_store.client.${name}`);
  return any;
}

function wrongDetails(current: bigint | null, expected: Expected): sharedPb.WrongExpectedVersion {
  const wrong = new sharedPb.WrongExpectedVersion();
  if (current === null) wrong.setCurrentNoStream(new emptyPb.Empty());
  else wrong.setCurrentStreamRevision(`${current}`);
  if (typeof expected === 'bigint') wrong.setExpectedStreamPosition(`${expected}`);
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new emptyPb.Empty());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new emptyPb.Empty());
  else wrong.setExpectedAny(new emptyPb.Empty());
  return wrong;
}

function errorStatus(outcome: AppendOutcome, expected: Expected): statusPb.Status {
  const status = new statusPb.Status();
  if (outcome.kind === 'wrong-expected-version')
    return status
      .setCode(6)
      .setMessage('WrongExpectedVersion')
      .setDetails(packed('WrongExpectedVersion', wrongDetails(outcome.current, expected)));
  if (outcome.kind === 'too-large')
    return status
      .setCode(3)
      .setMessage('MaximumAppendSizeExceeded')
      .setDetails(
        packed(
          'MaximumAppendSizeExceeded',
          new sharedPb.MaximumAppendSizeExceeded().setMaxappendsize(MAX_APPEND_SIZE),
        ),
      );
  if (outcome.kind === 'not-ready')
    return status
      .setCode(14)
      .setMessage('Server Is Not Ready')
      .setDetails(packed('Empty', new sharedPb.Empty()));
  if (outcome.kind === 'not-leader')
    return status.setCode(14).setMessage('Not Leader').setDetails(packed('NotLeader', new sharedPb.Empty()));
  if (outcome.kind === 'timeout')
    return status.setCode(4).setMessage('Timeout').setDetails(packed('Timeout', new sharedPb.Timeout()));
  return status
    .setCode(3)
    .setMessage('BadRequest')
    .setDetails(packed('BadRequest', new sharedPb.BadRequest()));
}

export function batchAnswer(
  correlationId: string,
  stream: string,
  outcome: AppendOutcome,
  expected: Expected,
): streamsPb.BatchAppendResp {
  const answer = new streamsPb.BatchAppendResp()
    .setCorrelationId(new sharedPb.UUID().setString(correlationId))
    .setStreamIdentifier(identifierOf(stream));
  if (outcome.kind !== 'stored') return answer.setError(errorStatus(outcome, expected));
  const success = new streamsPb.BatchAppendResp.Success();
  if (outcome.revision === null) success.setNoStream(new emptyPb.Empty());
  else success.setCurrentRevision(`${outcome.revision}`);
  if (outcome.position === null) success.setNoPosition(new emptyPb.Empty());
  else
    success.setPosition(
      new sharedPb.AllStreamPosition()
        .setCommitPosition(`${outcome.position}`)
        .setPreparePosition(`${outcome.position}`),
    );
  return answer.setSuccess(success);
}

export function featuresMessage(version: string): serverfeaturesPb.SupportedMethods {
  const methods = ['read', 'append', 'batchappend', 'delete', 'tombstone'];
  return new serverfeaturesPb.SupportedMethods()
    .setEventStoreServerVersion(version)
    .setMethodsList(
      methods.map((name) =>
        new serverfeaturesPb.SupportedMethod()
          .setServiceName('event_store.client.streams.streams')
          .setMethodName(name),
      ),
    );
}

export interface ClusterMember {
  readonly port: number;
  readonly isAlive: boolean;
  readonly isLeader: boolean;
}

export function clusterMessage(members: readonly ClusterMember[]): gossipPb.ClusterInfo {
  const { LEADER, FOLLOWER } = gossipPb.MemberInfo.VNodeState;
  return new gossipPb.ClusterInfo().setMembersList(
    members.map(({ port, isAlive, isLeader }) =>
      new gossipPb.MemberInfo()
        .setInstanceId(new sharedPb.UUID().setString(crypto.randomUUID()))
        .setTimeStamp(`${Date.now()}`)
        .setState(isLeader ? LEADER : FOLLOWER)
        .setIsAlive(isAlive)
        .setHttpEndPoint(new gossipPb.EndPoint().setAddress('127.0.0.1').setPort(port)),
    ),
  );
}
