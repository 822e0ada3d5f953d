import { type DeciderRunner } from '#libs/engine/event-sourcing';
import { type MatterCommand } from './catalogue.commands.js';
import { type TemplateCommand } from './template.commands.js';
import { type MatterEvent, type TemplateEvent } from './catalogue.events.js';
import { type MatterState } from './matter.state.js';
import { type TemplateState } from './template.decider.js';

export type MatterRunner = DeciderRunner<MatterState, MatterCommand, MatterEvent>;
export type TemplateRunner = DeciderRunner<TemplateState, TemplateCommand, TemplateEvent>;

export const MATTER_RUNNER = Symbol('MatterRunner');
export const TEMPLATE_RUNNER = Symbol('TemplateRunner');
export const MATTER_STREAM = 'matter-';
export const TEMPLATE_STREAM = 'template-';
