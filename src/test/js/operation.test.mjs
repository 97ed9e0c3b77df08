import { matching, narrowed } from '../../../webroot/docs/operation.js';
import { same, test } from './testing.mjs';

const LIMIT = { name: 'limit', in: 'query', schema: { type: 'integer' } };
const ID = { name: 'id', in: 'path', schema: { type: 'string' } };
const CONTRACT = {
  components: { parameters: { Limit: LIMIT } },
  paths: {
    '/rooms/{id}': { parameters: [ID], get: { operationId: 'one', parameters: [{ $ref: '#/components/parameters/Limit' }] }, delete: {} },
    '/rooms/mine': { get: { operationId: 'mine' } },
    '/rooms': { post: {} },
  },
};

test('addressIsTheTemplateThatSaysMost', () => {
  same(matching(CONTRACT, '/rooms/mine'), { template: '/rooms/mine', values: {} });
  same(matching(CONTRACT, '/rooms/7'), { template: '/rooms/{id}', values: { id: '7' } });
});

test('onlyReadsAreAddresses', () => same([matching(CONTRACT, '/rooms'), matching(CONTRACT, '/rooms/')], [undefined, undefined]));

test('whatStandsInTheAddressIsFilledIn', () => {
  const { paths } = narrowed(CONTRACT, matching(CONTRACT, '/rooms/7'), new URLSearchParams('limit=2'));
  same(paths, { '/rooms/{id}': { get: { operationId: 'one', parameters: [
    { ...ID, example: '7', schema: { type: 'string', default: '7' } },
    { ...LIMIT, example: '2', schema: { type: 'integer', default: '2' } },
  ] } } });
});

test('whatDoesNotStandThereIsLeftAlone', () => {
  const { paths } = narrowed(CONTRACT, matching(CONTRACT, '/rooms/7'), new URLSearchParams());
  same(paths['/rooms/{id}'].get.parameters[1], LIMIT);
});
