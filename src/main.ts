import { mount } from 'svelte';
import App from './app/App.svelte';
import { preloadLatinFonts } from './app/fonts';
import './app/global.css';
import { preferences } from './app/preferences.svelte';

preferences.start();
preloadLatinFonts();
mount(App, { target: document.getElementById('app')! });
