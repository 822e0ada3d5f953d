import { type DeciderRunner } from '#libs/engine/event-sourcing';
import { type CatalogueCommand, type DutyCommand } from './duty.commands.js';
import { type CatalogueEvent, type DutyEvent } from './duty.events.js';
import { type DutyState } from './duty.decider.js';
import { type PublishedCatalogueState } from './published-catalogue.decider.js';

export type DutyRunner = DeciderRunner<DutyState, DutyCommand, DutyEvent>;
export type PublishedCatalogueRunner = DeciderRunner<
  PublishedCatalogueState,
  CatalogueCommand,
  CatalogueEvent
>;

export const DUTY_RUNNER = Symbol('DutyRunner');
export const PUBLISHED_CATALOGUE_RUNNER = Symbol('PublishedCatalogueRunner');
/** By matter code. */
export const DUTY_STREAM = 'duty-';
export const PUBLISHED_CATALOGUE_STREAM = 'catalogue-';
