.PHONY: samples bench bench-prose bench-pdf bench-borderless bench-scan ocr accuracy

samples: $(DEV)  ## Make the bundled samples again (same bytes)
	@$(BIN)/python -m benchmarks.make_samples

bench: $(DEV)  ## Measure 1,000 disclosures: speed and memory, extraction alone and the whole
	@$(BIN)/python -m benchmarks.bench_pipeline
	@$(BIN)/python -m benchmarks.bench_prose

bench-prose: $(DEV)  ## Measure that prose costs linear time up to 10 MB
	@$(BIN)/python -m benchmarks.bench_prose

accuracy: $(DEV)  ## Measure recall and precision; fails below benchmarks/accuracy_floor.csv
	@$(BIN)/python -m benchmarks.accuracy

bench-pdf: $(DEV)  ## Measure PDF tables against pdfplumber and two peers, page by page
	@$(BIN)/python -m benchmarks.bench_pdf

bench-borderless: $(DEV)  ## Measure tables without vertical rulings; fails below F1 .90
	@$(BIN)/python -m benchmarks.bench_borderless

ocr: $(RUNTIME)  ## Install the optional extra that reads scans and pictures
	@$(BIN)/python -m pip install -q --require-hashes -r requirements-ocr.lock

bench-scan: $(DEV) ocr  ## Measure scans, clean, skewed and bad, against the printed pages
	@$(BIN)/python -m benchmarks.bench_scan
