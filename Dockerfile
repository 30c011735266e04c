# One image for the server and the workers. Chromium and its libraries come from npm, so nothing else is installed.
FROM node:24-bookworm-slim AS install
WORKDIR /app
COPY package.json package-lock.json ./
COPY patches ./patches
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim AS console
WORKDIR /app
COPY package.json package-lock.json vite.config.ts tsconfig.json ./
COPY patches ./patches
RUN npm ci --no-audit --no-fund
COPY src ./src
RUN npm run build

FROM node:24-bookworm-slim
ENV NODE_ENV=production HUOSHUI_DATA=/data
WORKDIR /app
COPY --from=install /app/node_modules ./node_modules
COPY package.json ./
COPY src ./src
COPY workers ./workers
COPY db ./db
COPY --from=console /app/dist ./dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["node", "workers/health.ts"]
CMD ["node", "--max-semi-space-size=8", "src/cli/main.ts", "serve"]
