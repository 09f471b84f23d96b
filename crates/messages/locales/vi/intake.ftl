# Đọc biểu mẫu Excel và CSV (crates/intake). Vị trí (tệp, trang tính, ô) hiện ở đầu câu.
# $found: nội dung gặp phải; $expected: nội dung cần có; $label: tên chỉ tiêu; $form: tên biểu mẫu.

intake-cell-ambiguous = Chỉ tiêu “{ $label }”: “{ $found }” có thể đọc thành hai số khác nhau (dấu phẩy ngăn hàng nghìn hay dấu phẩy thập phân). Đề nghị ghi lại số nguyên, không dùng dấu phẩy, ví dụ 1234 hoặc 1.234.
intake-cell-boolean = Chỉ tiêu “{ $label }”: ô chứa giá trị đúng/sai “{ $found }”; cần một số nguyên.
intake-cell-date = Chỉ tiêu “{ $label }”: ô chứa ngày tháng { $found }; có thể Excel đã tự đổi khi gõ dấu “/” hoặc “-”. Đề nghị định dạng lại ô là số và ghi một số nguyên.
intake-cell-error = Chỉ tiêu “{ $label }”: ô báo lỗi { $found }. Đề nghị sửa công thức hoặc ghi trực tiếp số liệu.
intake-cell-formula-unsaved = Chỉ tiêu “{ $label }”: ô có công thức nhưng tệp không lưu kết quả. Đề nghị mở tệp bằng Excel, lưu lại, hoặc ghi trực tiếp số liệu.
intake-cell-fraction = Chỉ tiêu “{ $label }”: “{ $found }” không phải số nguyên; cần một số nguyên.
intake-cell-negative = Chỉ tiêu “{ $label }”: “{ $found }” là số âm; cần một số nguyên từ 0 trở lên.
intake-cell-percent = Chỉ tiêu “{ $label }”: “{ $found }” là tỷ lệ phần trăm; cần số lượng, ghi bằng số nguyên.
intake-cell-text = Chỉ tiêu “{ $label }”: “{ $found }” không đọc được thành số. Cần một số nguyên, hoặc “không báo cáo”, “không áp dụng” (KAD), “miễn: lý do”.
intake-cell-too-large = Chỉ tiêu “{ $label }”: “{ $found }” quá lớn; số lớn nhất nhận được là { $limit }.
intake-exempt-reason = Chỉ tiêu “{ $label }”: “{ $found }” chưa nêu đúng lý do miễn. Các lý do được dùng: { $expected }.

intake-row-missing = Không tìm thấy dòng của chỉ tiêu “{ $label }”; có thể dòng đã bị xóa. Đề nghị dùng lại biểu mẫu gốc; nếu không báo cáo chỉ tiêu này, giữ dòng và để trống ô số liệu.
intake-row-twice = Chỉ tiêu “{ $label }” có ở hai dòng (ô { $first } và ô { $second }). Đề nghị chỉ giữ một dòng.
intake-row-contradiction = Dòng này ghi chỉ tiêu “{ $found }” nhưng vốn là dòng của chỉ tiêu “{ $expected }”; có thể các dòng đã bị sắp xếp hoặc dán chồng lên nhau. Đề nghị điền lại vào biểu mẫu gốc.
intake-row-unknown = Dòng này có số liệu “{ $found }” nhưng chỉ tiêu của dòng không còn trong biểu mẫu. Đề nghị dùng biểu mẫu hiện hành.
intake-row-not-read = Dòng này không phải dòng của biểu mẫu; nội dung “{ $found }” không được đọc.
intake-merged = Ô “{ $label }” bị gộp với ô khác, nội dung “{ $found }”; không xác định được số liệu thuộc ô nào. Đề nghị bỏ gộp ô và điền từng ô.
intake-no-value-column = Không tìm thấy cột “Số liệu kỳ này”. Đề nghị dùng lại biểu mẫu gốc.
intake-value-column-unclear = Có nhiều cột có thể là cột “Số liệu kỳ này”; không xác định được cột nào. Đề nghị điền lại vào biểu mẫu gốc.
intake-form-empty = Biểu mẫu “{ $form }” của { $unit_name } chưa có số liệu nào; chưa tính là đã báo cáo.
intake-form-unnamed = Không xác định được đây là biểu mẫu nào. Đề nghị dùng biểu mẫu gốc, hoặc ghi dòng “Biểu mẫu: …” phía trên bảng. Các biểu mẫu được nhận: { $expected }.
intake-form-unknown = Không có biểu mẫu nào là “{ $found }”. Các biểu mẫu được nhận: { $expected }.
intake-form-repeated = Báo cáo này có ở hai nơi trong tệp ({ $first } và { $second }) với cùng số liệu; chỉ tính một lần.
intake-form-twice = Báo cáo này có ở hai nơi trong tệp ({ $first } và { $second }) với số liệu khác nhau. Đề nghị chỉ giữ một.
intake-sheet-unknown = Không nhận ra biểu mẫu nào. Nội dung gặp phải: “{ $found }”. Các biểu mẫu được nhận: { $expected }.
intake-more-problems = Tệp còn { $count } lỗi khác chưa nêu ở đây.

intake-unit-unnamed = Không xác định được đây là báo cáo của đơn vị nào. Đề nghị ghi mã hoặc tên đơn vị (dòng “Đơn vị báo cáo: …” hoặc cột “Mã đơn vị”).
intake-unit-unknown = Không có đơn vị nào có mã hoặc tên là “{ $found }”.
intake-unit-ambiguous = Có nhiều đơn vị cùng mang tên hoặc mã “{ $found }”: { $candidates }. Đề nghị ghi mã trong ngoặc.
intake-unit-retyped = Biểu mẫu được lập cho “{ $expected }” nhưng dòng đơn vị lại ghi “{ $found }”. Đề nghị dùng biểu mẫu của đúng đơn vị.
intake-unit-contradiction = Mã đơn vị của dòng này là của “{ $expected }” nhưng tên lại ghi “{ $found }”. Đề nghị kiểm tra lại.
intake-period-unnamed = Không xác định được kỳ báo cáo. Đề nghị ghi dòng “Kỳ báo cáo: …” phía trên bảng, hoặc thêm cột “Kỳ báo cáo”.
intake-period-unknown = Biểu mẫu “{ $form }” không có kỳ báo cáo “{ $found }”. Các kỳ được nhận: { $expected }.
intake-period-retyped = Biểu mẫu được lập cho kỳ “{ $expected }” nhưng dòng kỳ báo cáo lại ghi “{ $found }”. Đề nghị dùng biểu mẫu của đúng kỳ.

intake-not-wide = Không tìm thấy dòng tiêu đề của bảng tổng hợp trong 20 dòng đầu. Dòng tiêu đề cần có cột đơn vị (“Mã đơn vị” hoặc “Đơn vị”) và các cột chỉ tiêu.
intake-column-twice = Bảng có hai cột cùng một nội dung (một trong hai là cột { $found }). Đề nghị chỉ giữ một.
intake-columns-missing = Bảng thiếu { $count } cột của biểu mẫu “{ $form }”: { $expected }. Nếu không báo cáo chỉ tiêu nào, giữ cột đó và để trống.
intake-row-width = Dòng có { $found } ô, dòng tiêu đề có { $expected } ô; các ô có thể đã bị lệch cột (ví dụ do dấu phẩy thập phân). Đề nghị kiểm tra dòng này.
intake-other-forms-value = Ô có nội dung “{ $found }” nhưng cột này không thuộc biểu mẫu “{ $form }” của dòng. Đề nghị kiểm tra biểu mẫu ghi ở dòng này.

intake-file-empty = Tệp không có nội dung.
intake-file-too-large = Tệp có dung lượng { $found } MiB; chỉ nhận tệp đến { $expected } MiB.
intake-file-unreadable = Không đọc được tệp: { $found }.
intake-kind-unknown = Không nhận ra loại tệp. Chỉ nhận tệp Excel (.xlsx) hoặc CSV.
intake-is-pdf = Đây là tệp PDF, không đọc được số liệu. Đề nghị gửi tệp Excel (.xlsx).
intake-is-word = Đây là tệp Word. Đề nghị gửi tệp Excel (.xlsx).
intake-is-opendocument = Đây là tệp OpenDocument. Đề nghị lưu lại dưới dạng Excel (.xlsx).
intake-is-xls = Đây là tệp Excel đời cũ (.xls). Đề nghị mở tệp và lưu lại dưới dạng .xlsx.
intake-is-xlsb = Đây là tệp Excel dạng nhị phân (.xlsb). Đề nghị lưu lại dưới dạng .xlsx.
intake-encrypted = Tệp có mật khẩu nên không đọc được. Đề nghị bỏ mật khẩu rồi gửi lại.
intake-macros-ignored = Tệp có chứa macro. Macro không được chạy; chỉ đọc nội dung các ô.
intake-csv-encoding = Tệp CSV không dùng bảng mã Unicode. Đề nghị lưu lại dưới dạng “CSV UTF-8”.
intake-csv-damaged = Dòng này của tệp CSV không đọc được.
intake-csv-line-too-long = Một dòng của tệp CSV dài quá { $expected } KiB; có thể thiếu dấu ngoặc kép đóng.

intake-zip-damaged = Tệp bị hỏng hoặc chưa tải xuống trọn vẹn. Đề nghị gửi lại.
intake-zip-not-workbook = Đây là tệp nén, không phải tệp Excel. Đề nghị gửi tệp Excel (.xlsx) chưa nén.
intake-zip-bomb = Tệp bị từ chối vì bung ra thành dung lượng bất thường (từ { $found } MiB).
intake-zip-overlap = Tệp bị từ chối vì có cấu trúc nén bất thường (các phần chồng lên nhau).
intake-zip-unsafe-name = Tệp bị từ chối vì có phần mang tên không an toàn: “{ $found }”.
intake-zip-too-many-parts = Tệp bị từ chối vì gồm { $found } phần; chỉ nhận đến { $expected } phần.
intake-workbook-damaged = Phần “{ $part }” của tệp Excel bị hỏng. Đề nghị mở tệp bằng Excel, lưu lại rồi gửi lại.
intake-workbook-endless = Tệp bị từ chối vì có một đoạn dài quá { $expected } KiB, không có trong tệp Excel thông thường.
intake-workbook-doctype = Tệp bị từ chối vì phần “{ $part }” có khai báo DTD, không có trong tệp Excel thông thường.
intake-table-empty = Bảng chỉ có dòng tiêu đề, chưa có dòng số liệu nào.
intake-too-many-sheets = Tệp có { $found } trang tính; chỉ nhận đến { $expected }.
intake-too-many-cells = Tệp có quá nhiều ô có nội dung; chỉ nhận đến { $expected } ô.
intake-too-many-columns = Bảng dùng đến cột thứ { $found }; chỉ nhận đến { $expected } cột.
intake-too-many-rows = Bảng dùng đến dòng thứ { $found }; chỉ nhận đến { $expected } dòng.
intake-too-many-texts = Tệp có quá nhiều nội dung chữ; chỉ nhận đến { $expected } mục.
intake-too-much-text = Tệp có quá nhiều nội dung chữ; chỉ nhận đến { $expected } MiB.
intake-too-many-merges = Bảng có quá nhiều ô gộp; chỉ nhận đến { $expected }.
intake-too-many-returns = Tệp có hơn { $expected } báo cáo. Đề nghị chia nhỏ tệp, hoặc gửi bảng tổng hợp dạng CSV.
