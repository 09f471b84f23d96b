# Tạo số liệu tổng hợp nhân tạo (crates/synthetic).

synthetic-file-broken = Tệp mô tả số liệu nhân tạo không đúng tại đây. Chi tiết của bộ đọc: { $detail }
synthetic-unknown-name = Cấu hình không có tên “{ $name }”, hoặc đơn vị này không phải báo cáo trong kỳ.
synthetic-cannot-fill = Không điền được chỉ tiêu “{ $element }” từ “{ $of }”: có chỗ chưa được điền trước đó, hoặc chưa ghi cách điền.
synthetic-total-impossible = Không chia được tổng { $total } của chỉ tiêu “{ $element }” cho { $returns } báo cáo: trong giới hạn đã đặt, tổng chỉ từ { $least } đến { $most }.
synthetic-cannot-write = Không ghi được tệp. Chi tiết: { $detail }
