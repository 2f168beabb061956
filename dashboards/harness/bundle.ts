import * as emotion from '@emotion/css';
import * as data from '@grafana/data';
import * as ui from '@grafana/ui';
import React from 'react';

/* eslint-disable @typescript-eslint/no-explicit-any */

/** Loads the built panel as Grafana does: an AMD module whose libraries come from outside. */
export function loadPanel(): Promise<data.PanelPlugin<any>> {
  const shared: Record<string, unknown> = {
    react: React,
    '@grafana/data': data,
    '@grafana/ui': ui,
    '@emotion/css': emotion,
    module: { uri: '/plugin/module.js' },
  };
  return new Promise((resolve, reject) => {
    (window as any).define = (
      names: string[],
      factory: (...modules: unknown[]) => { plugin: data.PanelPlugin<any> }
    ) => {
      const missing = names.filter((name) => !(name in shared));
      if (missing.length > 0) {
        reject(new Error(`Grafana does not share ${missing.join(', ')}`));
      } else {
        resolve(factory(...names.map((name) => shared[name])).plugin);
      }
    };
    const script = document.createElement('script');
    script.src = '/plugin/module.js';
    script.onerror = () => reject(new Error('no built panel: run "npm run build"'));
    document.head.append(script);
  });
}
