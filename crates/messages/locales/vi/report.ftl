# Lời của chính báo cáo: đầu bảng, biểu đồ, phần đầu văn bản, phụ lục; theo ngôn ngữ ghi trong mẫu báo cáo.

report-figure = Chỉ số
report-result = Kết quả
report-fraction = Số đạt/tổng số
report-coverage = Độ bao phủ
report-target = Mục tiêu
report-before = Cùng kỳ năm trước
report-unit = Đơn vị
report-under = Trực thuộc
report-form = Biểu mẫu
report-status = Tình trạng
report-none-missing = Tất cả các đơn vị phải báo cáo đều đã có báo cáo được duyệt.
report-missing = Đơn vị chưa có báo cáo được duyệt
report-initiative = Mô hình
report-field = Lĩnh vực
report-owner = Đơn vị thực hiện
report-kind = Loại
report-collective = Tập thể
report-individual = Cá nhân
report-new = mới
report-number = Số, ký hiệu
report-issuer = Cơ quan ban hành
report-issued = Ngày ban hành
report-subject = Trích yếu nội dung
report-edition-before = Bản trước
report-this-edition = Bản này
report-reason = Lý do điều chỉnh
report-differences = Nội dung điều chỉnh so với bản trước
report-withheld-note = Ghi chú: số liệu quá nhỏ được bảo vệ, không công khai.
report-recipients = Nơi nhận:
report-withheld = được bảo vệ
report-withheld-number = được bảo vệ: số nhỏ
report-not-reported = chưa báo cáo
report-deadline = Hạn báo cáo
report-accepted-of = đã duyệt/phải báo cáo
report-banner = Lưu ý

# phần đầu văn bản
report-party = ĐẢNG CỘNG SẢN VIỆT NAM
report-state = CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
report-motto = Độc lập - Tự do - Hạnh phúc
report-number-party = Số
report-number-administrative = Số:
report-day-open = ngày{ $room }tháng{ $room }năm{ $room }

# số liệu
report-no-data = chưa có số liệu
report-undecided = không xác định được do chia tách đơn vị
report-direct-units = Các đơn vị trực thuộc
report-coverage-title = Tiến độ báo cáo được duyệt
report-edition-corrects = Bản số { $number } thay thế bản số { $before } ({ $day }) do có điều chỉnh số liệu; { $changed } chỉ số thay đổi, nêu tại bảng khác biệt.
report-part-of-whole = Kỳ báo cáo này là một phần của kỳ dài hơn: bản công khai không nêu số người, vì lấy số của kỳ dài hơn trừ đi số của các kỳ khác có thể tính ra số được bảo vệ.

# tình trạng báo cáo của đơn vị
report-return-expected = chưa gửi
report-return-draft = đang soạn
report-return-submitted = chờ duyệt
report-return-returned = bị trả lại
report-return-accepted = đã duyệt
report-return-exempt = được miễn

# tính chất của chỉ số
report-figure-measured = tổng hợp từ báo cáo
report-figure-derived = tính từ chỉ số khác
report-figure-claim = trích số đã công bố
report-figure-missing = chưa có số liệu
report-figure-unanswerable = không xác định được

# phụ lục: tên trang tính
annex-figures = Chỉ số
annex-contributions = Đơn vị góp số
annex-missing = Chưa báo cáo
annex-exclusions = Loại trừ
annex-corrections = Điều chỉnh
annex-definitions = Định nghĩa

# phụ lục: đầu cột
annex-figure-key = Mã chỉ số
annex-figure-name = Tên chỉ số
annex-wording = Cách diễn đạt
annex-numerator = Tử số
annex-denominator = Mẫu số
annex-measure = Đơn vị tính
annex-excluded = Đã loại trừ
annex-as-of = Số liệu đến ngày
annex-tree = Cây đơn vị ngày
annex-status = Tính chất
annex-expected = Phải báo cáo
annex-accepted = Đã duyệt
annex-exempt = Miễn báo cáo
annex-not-reported = Chưa báo cáo
annex-unit = Mã đơn vị
annex-unit-name = Tên đơn vị
annex-under = Trực thuộc
annex-revision = Bản số
annex-file = Tệp
annex-sheet = Trang tính
annex-cell = Ô
annex-form = Biểu mẫu
annex-period = Kỳ báo cáo
annex-return-status = Tình trạng
annex-groups = Nhóm được loại trừ
annex-off-numerator = Trừ ở tử số
annex-off-denominator = Trừ ở mẫu số
annex-element = Chỉ tiêu số liệu
annex-before = Trước
annex-after = Sau
annex-office = Cơ quan điều chỉnh
annex-at = Thời điểm
annex-reason = Lý do
annex-definition = Định nghĩa
annex-formula = Cách tính
annex-quote = Số đã công bố
annex-withheld = được bảo vệ
