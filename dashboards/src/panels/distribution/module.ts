import { PanelPlugin } from '@grafana/data';
import { DistributionPanel } from './DistributionPanel';
import { defaults, type Options } from './types';

const LAYOUT = ['Layout'];
const NAMES = ['Names'];

export const plugin = new PanelPlugin<Options>(DistributionPanel).useFieldConfig().setPanelOptions((builder) =>
  builder
    .addRadio({
      path: 'view',
      name: 'View',
      category: LAYOUT,
      description: 'One large chart, or a small one for each feature',
      defaultValue: defaults.view,
      settings: {
        options: [
          { value: 'auto', label: 'Auto' },
          { value: 'single', label: 'Single' },
          { value: 'multiples', label: 'Multiples' },
        ],
      },
    })
    .addRadio({
      path: 'binWidths',
      name: 'Bin widths',
      category: LAYOUT,
      description: 'True widths show the shape, equal widths show every bin',
      defaultValue: defaults.binWidths,
      settings: {
        options: [
          { value: 'true', label: 'True' },
          { value: 'equal', label: 'Equal' },
        ],
      },
    })
    .addRadio({
      path: 'categoryOrder',
      name: 'Sort categories by',
      category: LAYOUT,
      defaultValue: defaults.categoryOrder,
      settings: {
        options: [
          { value: 'baseline', label: 'Baseline rows' },
          { value: 'contribution', label: 'Contribution' },
          { value: 'name', label: 'Name' },
        ],
      },
    })
    .addRadio({
      path: 'featureOrder',
      name: 'Sort features by',
      category: LAYOUT,
      defaultValue: defaults.featureOrder,
      settings: {
        options: [
          { value: 'drift', label: 'Drift' },
          { value: 'name', label: 'Name' },
        ],
      },
    })
    .addNumberInput({
      path: 'maxFeatures',
      name: 'Most features shown',
      category: LAYOUT,
      defaultValue: defaults.maxFeatures,
      settings: { min: 1, max: 200, integer: true },
      showIf: (options) => options.view !== 'single',
    })
    .addNumberInput({
      path: 'minChartWidth',
      name: 'Narrowest chart',
      category: LAYOUT,
      description: 'In pixels; decides how many stand side by side',
      defaultValue: defaults.minChartWidth,
      settings: { min: 80, max: 2000, integer: true },
      showIf: (options) => options.view !== 'single',
    })
    .addBooleanSwitch({
      path: 'showContributions',
      name: 'Contributions',
      category: LAYOUT,
      description: 'The part of the drift score that each bin makes up',
      defaultValue: defaults.showContributions,
    })
    .addBooleanSwitch({
      path: 'showEmptySpecialBins',
      name: 'Empty special bins',
      category: LAYOUT,
      description: 'Keep room for missing, invalid, other and unseen values even if there are none',
      defaultValue: defaults.showEmptySpecialBins,
    })
    .addTextInput({
      path: 'baselineName',
      name: 'Baseline',
      category: NAMES,
      description: 'What the first side is called',
      defaultValue: defaults.baselineName,
    })
    .addTextInput({
      path: 'currentName',
      name: 'Live',
      category: NAMES,
      description: 'What the second side is called',
      defaultValue: defaults.currentName,
    })
);
