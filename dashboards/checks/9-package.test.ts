import assert from 'node:assert';
import { test } from 'node:test';
import { appId, unzip, zip } from '../tools/bundle';
import { dashboards, type Json, readJson } from './dashboards';

const id = appId();
const files = unzip(zip());
const json = (name: string): Json => JSON.parse(files.get(`${id}/${name}`) ?? '{}');
const app = json('plugin.json');
const panel = json('panels/distribution/plugin.json');

/** What Grafana 12.3 and later hand to plugins. */
const SHARED = [
  'react',
  'react-dom',
  '@grafana/data',
  '@grafana/ui',
  '@grafana/runtime',
  '@emotion/css',
  'rxjs',
  'lodash',
  'module',
];

test('the zip holds one folder, named after the app, with nothing but what Grafana needs', () => {
  const expected = [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'img/logo.svg',
    'module.js',
    'module.js.map',
    'plugin.json',
    ...dashboards().map(({ file }) => `dashboards/${file}`),
    'panels/distribution/img/logo.svg',
    'panels/distribution/module.js',
    'panels/distribution/module.js.map',
    'panels/distribution/plugin.json',
  ];
  assert.deepStrictEqual([...files.keys()].sort(), expected.map((file) => `${id}/${file}`).sort());
});

test('ids have the form that Grafana accepts', () => {
  for (const [plugin, type] of [
    [app, 'app'],
    [panel, 'panel'],
  ]) {
    assert.strictEqual(plugin.type, type);
    assert.match(plugin.id, new RegExp(`^[0-9a-z]+-([0-9a-z]+-)?${type}$`));
  }
});

test('everything that is included exists, the panel among it', () => {
  for (const include of app.includes) {
    assert.ok(files.has(`${id}/${include.path}`), include.path);
  }
  assert.deepStrictEqual(
    app.includes.filter((include: Json) => include.type === 'panel').map((include: Json) => include.path),
    ['panels/distribution/plugin.json']
  );
  for (const plugin of [app, panel]) {
    const folder = plugin === app ? id : `${id}/panels/distribution`;
    assert.ok(files.has(`${folder}/${plugin.info.logos.small}`));
  }
});

test('versions agree and no placeholder is left', () => {
  const { version } = readJson('package.json');
  for (const plugin of [app, panel]) {
    assert.strictEqual(plugin.info.version, version);
    assert.match(plugin.info.updated, /^\d{4}-\d{2}-\d{2}$/);
  }
  for (const [name, text] of files) {
    assert.ok(!/%(VERSION|TODAY|PLUGIN_ID)%/.test(text), name);
  }
  assert.match(files.get(`${id}/CHANGELOG.md`)!, new RegExp(`^## ${version.replaceAll('.', '\\.')}`, 'm'));
});

for (const [module, budget] of [
  ['module.js', 60],
  ['panels/distribution/module.js', 50],
] as const) {
  test(`${module} asks for nothing that Grafana does not share, and stays below ${budget} kB`, () => {
    const text = files.get(`${id}/${module}`)!;
    const define = /define\(\[([^\]]*)\]/.exec(text);
    assert.ok(define, 'an AMD module');
    for (const name of JSON.parse(`[${define[1]}]`)) {
      assert.ok(SHARED.includes(name), name);
    }
    assert.ok(text.length < budget * 1000, `${text.length} bytes`);
  });
}

test('the same build gives the same zip', () => {
  assert.deepStrictEqual(Buffer.from(zip()), Buffer.from(zip()));
});
