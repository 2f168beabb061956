import assert from 'node:assert';
import { test } from 'node:test';
import Ajv, { type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import { dashboards, type Json, readJson } from './dashboards';

const dashboardSchema = relaxed(readJson('schema/dashboard.jsonschema.json'));

/** Grafana's own definition says "any" in these places; the generated schema made objects of them. */
function relaxed(schema: Json): Json {
  delete schema.definitions.MatcherConfig.properties.options.type;
  delete schema.definitions.DynamicConfigValue.properties.value.type;
  return schema;
}

function validator(schema: Json, options = {}) {
  const ajv = new Ajv({ strict: false, allErrors: true, ...options });
  addFormats(ajv);
  return ajv.compile(schema);
}

function readable(errors: ErrorObject[] | null | undefined): string {
  return (errors ?? []).map((e) => `${e.instancePath || '/'} ${e.message} ${JSON.stringify(e.params)}`).join('\n');
}

function part(name: 'Dashboard' | 'Panel' | 'RowPanel') {
  return validator({ ...dashboardSchema, $ref: `#/definitions/${name}` });
}

for (const { file, json } of dashboards()) {
  test(`${file} is a classic dashboard`, () => {
    const whole = part('Dashboard');
    // A new dashboard has no id yet; the schema knows only numbers.
    const { id, panels, ...rest } = json;
    assert.strictEqual(id, null);
    assert.ok(whole({ ...rest, panels: [] }), readable(whole.errors));
    assert.strictEqual(json.schemaVersion, 42);
    assert.ok(panels.length > 0);
  });

  test(`${file} has valid panels`, () => {
    // Panel or RowPanel: chosen here, because "matches neither" helps nobody.
    const [panel, row] = [part('Panel'), part('RowPanel')];
    for (const entry of json.panels) {
      const check = entry.type === 'row' ? row : panel;
      assert.ok(check(entry), `panel ${entry.id} "${entry.title}":\n${readable(check.errors)}`);
    }
  });
}

for (const file of ['src/plugin.json', 'src/panels/distribution/plugin.json']) {
  test(`${file} is a plugin.json`, () => {
    const check = validator(readJson('schema/plugin.schema.json'), { unicodeRegExp: false });
    const filled = JSON.parse(
      JSON.stringify(readJson(file)).replaceAll('%VERSION%', '1.2.3').replaceAll('%TODAY%', '2026-01-31')
    );
    assert.ok(check(filled), readable(check.errors));
  });
}
