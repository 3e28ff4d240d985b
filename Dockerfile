# Baton with a project in it: `docker build --build-arg PROJECT=examples/shop .`
FROM node:22-bookworm-slim AS build
WORKDIR /baton
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build && npm prune --omit=dev

FROM node:22-bookworm-slim
ARG PROJECT=examples/shop
WORKDIR /baton
ENV NODE_ENV=production BATON_HOME=/tmp/baton
COPY --from=build /baton/package.json ./
COPY --from=build /baton/node_modules ./node_modules
COPY --from=build /baton/dist ./dist
COPY ${PROJECT} ./project
USER node
ENTRYPOINT ["node", "dist/cli/main.js"]
CMD ["serve", "--project", "project"]
