export { listToAnswer, mustSee, whoseList } from './own-list.js';
export { SightOf } from './sight.question.js';
