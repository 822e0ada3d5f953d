import { type Schema } from './schema-type.js';

const TEXT: Schema = { type: 'string' };

/** What a command answers. The gateway adds what a handler says of its command, which has no one type. */
export const RECEIPT: Schema = {
  description: 'What a command answers: where its first event is on record.',
  type: 'object',
  properties: {
    id: { ...TEXT, description: 'Id of the thing.' },
    revision: { ...TEXT, description: 'Revision of the thing after the command, for If-Match.' },
    position: { ...TEXT, description: 'Position in the log, for `after`.' },
    applications: {
      description:
        'The applications of a project that was registered; of a stage that was handed in, what became of each.',
      type: 'array',
      items: {
        anyOf: [
          { $ref: '#/components/schemas/OpenedApplication' },
          { $ref: '#/components/schemas/StageBranch' },
        ],
      },
    },
    reassigned: {
      description: 'Ids of the applications that went to another person.',
      type: 'array',
      items: TEXT,
    },
    receiptNumber: { ...TEXT, description: '受理编号, of an acceptance.' },
    decisionNumber: { ...TEXT, description: '决定文号, of a decision.' },
    permit: { ...TEXT, description: '证号, of a decision that grants a permit.' },
    document: {
      ...TEXT,
      description: 'Number of the file in its application, of a file that is used again.',
    },
    sha256: { ...TEXT, description: 'Digest of that file.' },
    awaits: {
      type: 'string',
      enum: ['second-person'],
      description: 'The act takes effect when a second person confirms it.',
    },
    proposal: { type: 'integer', description: 'Number of the proposal that a second person confirms.' },
  },
  required: ['id', 'revision', 'position'],
  additionalProperties: false,
};
