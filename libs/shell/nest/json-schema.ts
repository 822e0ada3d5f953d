import { defined } from '#libs/engine/event-sourcing';
import { checkedProperties, type CheckedProperty, type PropertyCheck, TEXT_CHECK } from './class-metadata.js';
import { identifiesPerson } from './personal-fields.js';
import { type TextRule } from './text.js';

/** The part of JSON schema (as OpenAPI 3.0 knows it) that class-validator's checks can be said in. */
export interface JsonSchema {
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean;
  items?: JsonSchema;
  enum?: unknown[];
  pattern?: string;
  format?: 'date' | 'date-time';
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  nullable?: boolean;
  /** What it holds identifies a natural person. */
  'x-personal'?: true;
  /** Class and field that it is of: `SubmitApplication.materials`. The document replaces it by what the field's comment says. */
  'x-field-of'?: string;
}

export const FIELD_OF = 'x-field-of';

/** The JSON schema of a body, read from the same decorators that check it, so that the document cannot promise more. */
export function jsonSchema(target: new () => object): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  for (const property of checkedProperties(target)) {
    properties[property.name] = {
      ...propertySchema(property),
      ...(property.nullable ? { nullable: true } : {}),
      ...(identifiesPerson(target, property.name) ? { 'x-personal': true } : {}),
      [FIELD_OF]: `${target.name}.${property.name}`,
    };
    if (!property.optional) required.push(property.name);
  }
  return {
    type: 'object',
    properties,
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
  };
}

function propertySchema(property: CheckedProperty): JsonSchema {
  const isList = property.designType === Array || property.checks.some((check) => check.name === 'isArray');
  const ofValue = property.checks.filter((check) => !isList || check.each);
  const value = property.nested ? jsonSchema(property.nested) : merge(scalarType(property, isList), ofValue);
  if (!isList) return value;
  return merge(
    { type: 'array', items: value },
    property.checks.filter((check) => !check.each),
  );
}

function scalarType(property: CheckedProperty, isList: boolean): JsonSchema {
  if (isList) return {};
  switch (property.designType) {
    case Number:
      return { type: 'number' };
    case Boolean:
      return { type: 'boolean' };
    case String:
      return { type: 'string' };
    default:
      return {};
  }
}

function merge(schema: JsonSchema, checks: readonly PropertyCheck[]): JsonSchema {
  return checks.reduce<JsonSchema>((all, check) => ({ ...all, ...keyword(check) }), schema);
}

/** Checks without a keyword in JSON schema are left out: the server still makes them. */
function keyword({ name, constraints }: PropertyCheck): JsonSchema {
  const first = constraints[0];
  const number = typeof first === 'number' ? first : undefined;
  switch (name) {
    case 'isString':
      return { type: 'string' };
    case 'isLegalDay':
      return { type: 'string', format: 'date' };
    case 'isInstant':
      return { type: 'string', format: 'date-time' };
    case TEXT_CHECK: {
      const { max: most, blank } = first as TextRule;
      return { type: 'string', ...(blank ? {} : { minLength: 1 }), maxLength: most };
    }
    case 'isInt':
      return { type: 'integer' };
    case 'isNumber':
      return { type: 'number' };
    case 'isBoolean':
      return { type: 'boolean' };
    case 'isNotEmpty':
      return { minLength: 1 };
    case 'isIn':
      return Array.isArray(first) ? { enum: first } : {};
    case 'minLength':
      return defined({ minLength: number });
    case 'maxLength':
      return defined({ maxLength: number });
    case 'min':
      return defined({ minimum: number });
    case 'max':
      return defined({ maximum: number });
    case 'arrayNotEmpty':
      return { minItems: 1 };
    case 'arrayMinSize':
      return defined({ minItems: number });
    case 'arrayMaxSize':
      return defined({ maxItems: number });
    case 'isDistinct':
      return { uniqueItems: true };
    case 'matches':
      return first instanceof RegExp ? { pattern: first.source } : {};
    default:
      return {};
  }
}
