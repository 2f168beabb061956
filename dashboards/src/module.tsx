import { AppPlugin } from '@grafana/data';
import { ConfigPage } from './config/ConfigPage';

export const plugin = new AppPlugin<{}>().addConfigPage({
  title: 'Configuration',
  icon: 'cog',
  body: ConfigPage,
  id: 'configuration',
});
