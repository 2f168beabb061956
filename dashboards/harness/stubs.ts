import {
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
} from '@grafana/data';

/* Grafana fills these registries when it starts; without them a panel cannot even declare its options. */
/* eslint-disable @typescript-eslint/no-explicit-any */

const item = (id: string) => ({ id, name: id, description: '', editor: (() => null) as any });

const EDITORS = [
  'text',
  'number',
  'slider',
  'boolean',
  'select',
  'radio',
  'multi-select',
  'color',
  'fieldColor',
  'unit',
  'links',
  'actions',
  'mappings',
  'thresholds',
  'timezone',
  'strings',
  'field-name',
  'dashboard-uid',
  'stats-picker',
  'cell-options',
];

const FIELD_PROPERTIES = [
  'unit',
  'min',
  'max',
  'decimals',
  'displayName',
  'color',
  'thresholds',
  'mappings',
  'links',
  'actions',
  'noValue',
  'filterable',
  'fieldMinMax',
];

/** Custom field options that dashboards set by override. */
const CUSTOM_PROPERTIES = ['width', 'cellOptions', 'lineStyle', 'lineWidth', 'fillOpacity'];

const fieldProperty = (path: string, isCustom: boolean) => ({
  ...item(isCustom ? `custom.${path}` : path),
  path,
  isCustom,
  override: item(path).editor,
  process: (value: any) => value,
  settings: {},
  shouldApply: () => true,
});

standardEditorsRegistry.setInit(() => EDITORS.map(item) as any);
standardFieldConfigEditorRegistry.setInit(
  () =>
    [
      ...FIELD_PROPERTIES.map((path) => fieldProperty(path, false)),
      ...CUSTOM_PROPERTIES.map((path) => fieldProperty(path, true)),
    ] as any
);
// Ids repeat among the standard transformers, and the registry rejects duplicates.
const transformers = new Map(
  Object.values(standardTransformers).map((transformer: any) => [transformer.id, transformer])
);
standardTransformersRegistry.setInit(
  () =>
    [...transformers.values()].map((transformer: any) => ({
      ...item(transformer.id),
      aliasIds: transformer.aliasIds,
      transformation: () => Promise.resolve(transformer),
    })) as any
);
