import { Act, HttpCommand, Name } from '#libs/shell/nest';
import { type ListedMaterial } from '../intake/material.rules.js';

@Act({
  type: 'CompleteImmediately',
  path: 'immediate-completion',
  roles: ['window', 'department-head'],
  summary: '即办 Accept and complete an immediate case at once',
  article: '行政许可法 Art. 34',
})
export class CompleteImmediately extends HttpCommand {
  declare readonly type: 'CompleteImmediately';
  @Name()
  outcome!: string;

  /** What the catalogue lists for the matter, looked up by the handler. */
  declare listed: readonly ListedMaterial[];
}
