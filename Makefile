# 专镇通 Spectown。`make` 或 `make help` 列出全部命令。
# Everything that needs thought is in tools/*.py; targets only call it.
PYTHON ?= python3
BIN := .venv/bin
TESTS := DJANGO_SETTINGS_MODULE=tests.settings
# Where it is set, every process compiles all libraries anew: 2.7 of the 5 seconds that a start takes.
unexport PYTHONDONTWRITEBYTECODE
PYTEST := $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.PHONY: help run test test-core test-web test-pg test-system test-e2e check check-format check-lint check-types check-imports \
	check-migrations check-templates check-names fmt bench lock fonts vendor clean venv venv-dev python

help: ## 列出全部命令
	@echo "专镇通:常用命令"
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'
	@echo "环境变量:PORT= HOST= DATABASE_URL= 等,见 docs/operations/settings.md"

run: venv ## 启动系统:自动安装依赖、建库、装入方案和演示数据,打印网址和演示账号
	@exec $(BIN)/spectown start

test: test-core test-web test-pg test-e2e ## 全部测试(缺少的系统软件会自动安装,或给出安装命令)

test-core: venv-dev ## 只测核心规则(不用数据库)
	$(PYTEST) tests/core -n 2 --dist worksteal

test-web: venv-dev ## 应用层与网页测试,用 SQLite
	$(PYTEST) tests --ignore=tests/core -m "not e2e" -n 2 --dist worksteal

test-pg: test-system ## 数据层测试,用临时启动的 PostgreSQL
	$(BIN)/python tools/with_postgres.py -- $(PYTEST) tests --ignore=tests/core -m data -n 2 --dist worksteal

test-system: venv-dev ## 测试所需的系统软件和字体:缺少的自动安装,或给出安装命令
	@$(BIN)/python tools/test_system.py

test-e2e: test-system ## 真实浏览器中的关键流程(SHOTS_DIR=文件夹 时保存截图)
	$(PYTEST) tests/e2e -n 2 --dist worksteal

check: check-format check-lint check-types check-imports check-migrations check-templates check-names ## 格式、规范、类型、分层、迁移、模板、不得出现的名称(make -k check 一次看全)

check-format: venv-dev
	$(BIN)/python -m ruff format --check .

check-lint: venv-dev
	$(BIN)/python -m ruff check .

check-types: venv-dev
	$(BIN)/python -m mypy

check-imports: venv-dev
	$(BIN)/lint-imports

check-migrations: venv-dev
	$(TESTS) $(BIN)/spectown makemigrations --check --dry-run

check-templates: venv-dev
	$(TESTS) $(BIN)/python tools/check_templates.py

check-names:
	@$(PYTHON) tools/check_names.py

fmt: venv-dev ## 整理代码与模板的格式
	$(BIN)/python -m ruff format .
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python tools/check_templates.py --format

bench: venv-dev ## 性能测量,改写 docs/performance.md 中的表
	$(BIN)/python tools/bench.py

lock: venv-dev ## 按 pyproject.toml 重新生成带校验值的依赖清单(需联网)
	$(BIN)/python tools/lock.py

fonts: python ## 取得公文 PDF 用的 Fandol 字体(需联网;没有时用 Noto 字体)
	@$(PYTHON) tools/fonts.py

vendor: venv-dev ## 按 tools/vendor 更新前端库(需 Node 与联网;安装和运行不需要)
	$(BIN)/python tools/vendor/copy_vendor.py

clean: ## 删除虚拟环境和缓存(不动 var/ 中的数据)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis tools/vendor/node_modules

python:
	@command -v $(PYTHON) >/dev/null || { echo "没有找到 $(PYTHON)。请运行:sudo apt-get install python3" >&2; exit 1; }

venv: python
	@$(PYTHON) tools/bootstrap.py

venv-dev: python
	@$(PYTHON) tools/bootstrap.py --dev
