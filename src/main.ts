import { mount } from 'svelte';
import App from './app/App.svelte';
import { preloadLatinFonts } from './app/fonts';
import './app/global.css';
import { fetchFirstFiles } from './app/opening/first-files';
import { preferences } from './app/preferences.svelte';

preloadLatinFonts();
fetchFirstFiles(location.hash);
await preferences.start();
mount(App, { target: document.getElementById('app')! });
