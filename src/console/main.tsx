import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { nonceEveryStyle } from './nonce.ts'
import './style.css'
import './access.css'

nonceEveryStyle()
const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<StrictMode><App /></StrictMode>)
