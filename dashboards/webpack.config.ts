import type { Configuration } from 'webpack';
import CopyWebpackPlugin from 'copy-webpack-plugin';
import grafanaConfig, { type Env } from './.config/webpack/webpack.config';

export default async (env: Env): Promise<Configuration> => {
  const base = await grafanaConfig(env);
  // The stock config copies only the logo of the plugin at the root.
  base.plugins!.push(
    new CopyWebpackPlugin({ patterns: [{ from: '**/img/**/*.{svg,png}', to: '.', noErrorOnMissing: true }] })
  );
  return base;
};
